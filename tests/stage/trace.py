"""What a process writes: every path and every byte, as the system sees it (strace), and as it lies on the disk."""

import os
import re
import stat
import subprocess
import threading
import time

from stage.program import folder, on_clean_up

CALLS = "open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat," \
    "write,pwrite64,pwritev,pwritev2,writev,copy_file_range,sendfile"
# No place where anything stays.
FLEETING = ("/dev/", "/proc/", "/sys/", "pipe:", "socket:", "anon_inode:", "memfd:", "/memfd:")
LINE = re.compile(r"^(?:\d+\s+)?(\w+)\((.*)$")
QUOTED = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
FD = re.compile(r"^\d+<((?:\\x[0-9a-f]{2}|[^>])*)>")


def plain(text):
    """What `-xx` has written."""
    return bytes.fromhex(text.replace("\\x", ""))


def can_trace():
    """Whether this machine lets a process be traced."""
    try:
        return subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


class Trace:
    """The record of strace."""

    def __init__(self):
        self.file = folder() / "trace"

    def command(self, program):
        """Runs this program under the eyes of strace, with the same arguments."""
        return [
            "strace", "-f", "-qq", "-y", "-xx", "-s", "1048576", "-e", f"trace={CALLS}", "-e", "signal=none",
            "-o", str(self.file), program,
        ]

    def read(self):
        """(path: bytes written to it in order; path: permissions asked for when it was made; all paths)"""
        written, made, paths = {}, {}, set()
        with open(self.file, errors="replace") as lines:
            for line in lines:
                if " = -1 " in line[-200:]:
                    continue
                found = LINE.match(line)
                if not found:
                    # The end of a call that was interrupted by another thread's.
                    found = re.match(r"^\d+\s+<\.\.\. (\w+) resumed>(.*)$", line)
                    if not found:
                        continue
                call, rest = found.groups()
                self._take(call, rest, written, made, paths)
        return written, made, paths

    @staticmethod
    def _take(call, rest, written, made, paths):
        strings = [plain(text) for text in QUOTED.findall(rest)]
        if call in ("open", "openat", "creat"):
            # Also of one that was interrupted: the path stands in the first half.
            if strings and (call == "creat" or re.search(r"O_(WRONLY|RDWR|CREAT)", rest)):
                path = strings[0].decode(errors="replace")
                paths.add(path)
                mode = re.search(r"O_CREAT[^,]*, (0[0-7]+)", rest)
                if mode:
                    made.setdefault(path, int(mode.group(1), 8))
        elif call in ("mkdir", "mkdirat"):
            if strings:
                paths.add(strings[0].decode(errors="replace"))
        elif call.startswith(("rename", "link", "symlink")):
            paths.update(text.decode(errors="replace") for text in strings)
        else:
            target = FD.match(rest)
            if not target:
                return
            name = target.group(1)
            path = plain(name).decode(errors="replace") if name.startswith("\\x") else name
            path = path.removesuffix(" (deleted)")
            if not path.startswith(FLEETING):
                paths.add(path)
                written.setdefault(path, []).extend(strings)


class Watch:
    """Looks at folders again and again: what lies in them, with which permissions."""

    def __init__(self, *roots):
        self.roots, self.modes, self.contents = roots, {}, {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        on_clean_up(self.stop)

    def stop(self):
        self._over.set()
        self._thread.join()

    def _run(self):
        while not self._over.is_set():
            self.look()
            time.sleep(0.1)

    def look(self):
        """Notes what is there now."""
        for root in self.roots:
            for place, folders, files in os.walk(root):
                for name in [*folders, *files]:
                    self._note(os.path.join(place, name))

    def _note(self, path):
        try:
            found = os.lstat(path)
            self.modes[path] = self.modes.get(path, 0) | stat.S_IMODE(found.st_mode)
            key = (path, found.st_mtime_ns, found.st_size)
            if stat.S_ISREG(found.st_mode) and key not in self.contents:
                with open(path, "rb") as file:
                    self.contents[key] = file.read()
        except OSError:
            pass  # gone meanwhile


def places_of(secrets, contents):
    """Which of these secrets stand in which of these contents (path: bytes), as they are or in UTF-16."""
    found = []
    for path, content in contents:
        for name, secret in secrets.items():
            forms = [secret] if isinstance(secret, bytes) else [secret.encode(), secret.encode("utf-16-le")]
            if any(form in content for form in forms):
                found.append((name, path))
    return found
