"""Heliograph as a process: started, read, ended, and nothing of it left behind."""

import ctypes
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

PATIENCE = 60

_binary = None
_out = None
_processes = []
_folders = []
_closers = []
_witnesses = []


class Skip(Exception):
    """This machine does not allow the case; says why."""


def use(binary, out):
    """Which program is tested, and where pictures and logs go."""
    global _binary, _out
    if not binary.exists():
        raise SystemExit(f"there is no program at {binary}")
    _binary, _out = binary, out


def binary():
    return str(_binary)


def out():
    """The folder for what people may want to look at."""
    return _out


def folder(prefix="heliograph-test-"):
    """An empty folder that is gone when the case is over."""
    made = Path(tempfile.mkdtemp(prefix=prefix))
    _folders.append(made)
    return made


def on_clean_up(close):
    """Calls this when the case is over, last first."""
    _closers.append(close)


def on_failure(show):
    """Calls this with the name of the case when it fails, before the end of what it started."""
    _witnesses.append(show)


def failed(case):
    """What the case looked like when it failed is kept for people."""
    for show in _witnesses:
        try:
            show(case)
        except Exception as error:
            print(f"no picture of the failure: {error!r}")


def clean_up():
    """Ends what the case started and removes its folders."""
    _witnesses.clear()
    while _closers:
        try:
            _closers.pop()()
        except Exception as error:
            print(f"while cleaning up: {error!r}")
    while _processes:
        process = _processes.pop()
        try:
            # The whole session that it leads: also what it started itself.
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            try:
                if stream:
                    stream.close()
            except OSError:
                pass  # what was still to be written to it has no reader any more
    while _folders:
        shutil.rmtree(_folders.pop(), ignore_errors=True)


def environment(home, **more):
    """The environment of a machine with nothing but a home folder: no display, no bus, no settings of the developer."""
    env = {
        "HOME": str(home),
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "LANG": "C.UTF-8",
        "XDG_RUNTIME_DIR": str(home),
        "TMPDIR": str(more.pop("TMPDIR", tempfile.gettempdir())),
    }
    env.update({key: str(value) for key, value in more.items() if value is not None})
    return env


def _end_with_us():
    """However this run ends, what it started ends too (Linux; elsewhere `clean_up` alone sees to it)."""
    set_parent_death_signal = 1
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)


def start(arguments, env=None, command=None, **options):
    """Starts Heliograph (or another command) as the leader of a session of its own."""
    options.setdefault("stdin", subprocess.DEVNULL)
    options.setdefault("stdout", subprocess.PIPE)
    options.setdefault("stderr", subprocess.PIPE)
    process = subprocess.Popen(
        [*(command or [binary()]), *map(str, arguments)],
        env=env or environment(folder()),
        start_new_session=True,
        preexec_fn=_end_with_us,
        **options,
    )
    _processes.append(process)
    return process


def run(*arguments, stdin=b"", env=None, timeout=PATIENCE, command=None):
    """Runs Heliograph to its end: (exit code, standard output, standard error)."""
    process = start(arguments, env=env, command=command, stdin=subprocess.PIPE)
    try:
        stdout, stderr = process.communicate(stdin, timeout=timeout)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        stdout, stderr = process.communicate()
        raise AssertionError(f"{arguments} did not end in {timeout} s; it said {stdout!r} {stderr!r}") from None
    return process.returncode, stdout.decode(), stderr.decode()


class Lines:
    """Reads a stream line by line in the background, so that waiting for a line can give up."""

    def __init__(self, stream):
        self.all = []
        self._queue = queue.Queue()
        self._thread = threading.Thread(target=self._read, args=(stream,), daemon=True)
        self._thread.start()

    def _read(self, stream):
        try:
            for line in stream:
                line = line.decode(errors="replace").rstrip("\n")
                self.all.append(line)
                self._queue.put(line)
        except ValueError:
            pass  # closed while it was read
        self._queue.put(None)

    def next(self, timeout=PATIENCE):
        """The next line, None at the end."""
        try:
            return self._queue.get(timeout=timeout)
        except queue.Empty:
            raise AssertionError(f"no line came within {timeout} s; so far: {self.all}") from None

    def find(self, words, timeout=PATIENCE):
        """The next line that contains these words."""
        end = time.monotonic() + timeout
        while True:
            line = self.next(max(0.1, end - time.monotonic()))
            if line is None:
                raise AssertionError(f"ended without saying '{words}': {self.all}")
            if words in line:
                return line


class DemoServer:
    """`heliograph demo-server` as a process of its own, and what its first line says."""

    def __init__(self, *more, listen="127.0.0.1:0"):
        self.process = start(["demo-server", "--listen", listen, "--quiet", *more])
        self.errors = Lines(self.process.stderr)
        self.lines = Lines(self.process.stdout)
        line = self.lines.next()
        assert line is not None, f"demo-server said nothing: {self.errors.all}"
        self.said = json.loads(line)
        self.address = self.said["address"]
        self.dc = self.said["dc_id"]
        self.pem = self.said["public_key_pem"]
        self.accounts = self.said["accounts"]
        self.key_file = folder() / "server.pem"
        self.key_file.write_text(self.pem)

    def account(self, password=False):
        """The first account with or without a two-step password."""
        return next(account for account in self.accounts if bool(account["password"]) == password)

    def others(self, account):
        """The accounts besides this one that need no password."""
        return [other for other in self.accounts if other["phone"] != account["phone"] and not other["password"]]

    def options(self):
        """What makes Heliograph speak to this server."""
        return ["--server", self.address, "--server-key", self.key_file, "--key-storage", "file"]


def end(process, by=signal.SIGTERM, timeout=PATIENCE):
    """Asks a process to end and waits for it: its exit code."""
    process.send_signal(by)
    try:
        return process.wait(timeout)
    except subprocess.TimeoutExpired:
        raise AssertionError(f"did not end within {timeout} s of signal {by}") from None


def until(what, holds, timeout=PATIENCE, every=0.05):
    """Waits until this is true (or something), and returns it."""
    deadline = time.monotonic() + timeout
    while True:
        value = holds()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {timeout} s until {what}")
        time.sleep(every)
