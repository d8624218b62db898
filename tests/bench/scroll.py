#!/usr/bin/env python3
"""What scrolling costs in the real window, seen from outside.

    tests/.venv/bin/python tests/bench/scroll.py --binary target/release/heliograph [--chat "Long Watch"] [--idle 30]

Starts a demo server and the window on a display of its own (Xvfb, no ICED_BACKEND), opens the chat, and turns the wheel:

- 100 notches, ten a second: processor seconds of the program and of the X server, frames, and the slowest one;
- up through the whole chat, each notch as soon as the last one is seen: frames, median, slowest, and how many took longer
  than 33 ms; then the memory, and the same again after the chat was left;
- nothing for `--idle` seconds with the chat open: processor time, wake-ups, and what was drawn.

A frame is a change of the window that the X server reports (XDamage). It took from the notch, or from the frame before it if
that came later, until the report: so the wait for the program to be scheduled, drawing and copying to the server are all in it.
While a page is on its way no frame comes: those waits are counted apart. Prints figures and judges none.
"""

import argparse
import os
import queue
import statistics
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PIL import ImageChops  # noqa: E402
from Xlib import X  # noqa: E402
from Xlib import display as xdisplay  # noqa: E402
from Xlib.ext import damage, xtest  # noqa: E402

from stage.foreign import Friend  # noqa: E402
from stage.program import DemoServer, clean_up, folder, run, until, use  # noqa: E402
from stage.window import LIST, Window  # noqa: E402
from window.main_job import open_chat_at_top  # noqa: E402

TICK = os.sysconf("SC_CLK_TCK")
LATE = 0.033


class Frames:
    """Listens to what the X server says of changes of the window, on a line of its own."""

    def __init__(self, display):
        self.x = xdisplay.Display(display.name)
        self.x.damage_query_version()
        window = self.x.create_resource_object("window", display.window.id)
        window.damage_create(damage.DamageReportRawRectangles)
        self.x.sync()
        self.seen = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        event = self.x.extension_event.DamageNotify
        try:
            while True:
                # One frame is one picture put into the window; what is reported together is one frame.
                if self.x.next_event().type == event:
                    self.seen.put(time.monotonic())
        except Exception:
            return  # the display is gone

    def all(self):
        """Those since the last question."""
        times = []
        while True:
            try:
                times.append(self.seen.get_nowait())
            except queue.Empty:
                return times

    def next(self, timeout):
        try:
            return self.seen.get(timeout=timeout)
        except queue.Empty:
            return None


class Process:
    """What the system says of a process."""

    def __init__(self, pid):
        self.pid = pid

    def cpu(self):
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def wakeups(self):
        total = 0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            try:
                for line in (task / "status").read_text().splitlines():
                    if line.startswith("voluntary_ctxt_switches"):
                        total += int(line.split()[1])
            except OSError:
                pass
        return total

    def memory(self):
        """PSS and what is private and changed, in MiB."""
        kib = {}
        for line in Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines()[1:]:
            name, value = line.split(":")
            kib[name] = int(value.split()[0])
        return kib["Pss"] / 1024, kib["Private_Dirty"] / 1024


def say(name, words):
    print(f"  {name:<46} {words}", flush=True)


def took(times):
    """Of these seconds: how many, the middle one, the slowest, and how many are late."""
    if not times:
        return "no frames"
    late = sum(1 for one in times if one > LATE)
    return (f"{len(times)} frames, median {statistics.median(times) * 1000:.1f} ms, slowest {max(times) * 1000:.1f} ms, "
            f"over 33 ms: {late}")


class Wheel:
    """Turns the wheel over the conversation, on a line of its own, without the pauses of a person."""

    def __init__(self, display):
        self.x = xdisplay.Display(display.name)
        x, y = display.left + (LIST + display.width) // 2, display.top + display.height // 2
        xtest.fake_input(self.x, X.MotionNotify, x=x, y=y)
        self.x.sync()

    def notch(self, up):
        button = 4 if up else 5
        xtest.fake_input(self.x, X.ButtonPress, button)
        xtest.fake_input(self.x, X.ButtonRelease, button)
        self.x.flush()
        return time.monotonic()


def settle(frames, quiet=1.0, timeout=30):
    """Waits until nothing is drawn any more."""
    end = time.monotonic() + timeout
    while time.monotonic() < end and frames.next(quiet) is not None:
        pass
    frames.all()


def steady(frames, wheel, program, server, count=100, pause=0.1):
    """So many notches, ten a second."""
    settle(frames)
    cpu, beside = program.cpu(), server.cpu()
    times = []
    for number in range(count):
        before = wheel.notch(up=number % 50 < 25)
        end = before + pause
        while (left := end - time.monotonic()) > 0:
            at = frames.next(left)
            if at is not None:
                times.append(at - before)
                before = at
    settle(frames)
    say(f"{count} notches, CPU seconds",
        f"{program.cpu() - cpu:.2f} of the program, {server.cpu() - beside:.2f} of the X server")
    say("", took([one for one in times if one < pause]))


def through(frames, wheel, window, most):
    """Up to the beginning, each notch when the last one is seen."""
    settle(frames)
    begun = time.monotonic()
    times, waits, still, notches = [], [], 0, 0
    box = window.conversation
    before, last = wheel.notch(up=True), window.display.picture(box)
    while notches < most:
        at = frames.next(0.25)
        now = time.monotonic()
        if at is None:
            waits.append(now - before)
            picture = window.display.picture(box)
            same = ImageChops.difference(picture, last).getbbox() is None
            still, last = (still + 1 if same else 0), picture
            if still >= 12:
                break
        else:
            times.append(at - before)
        before = max(at or 0, wheel.notch(up=True))
        notches += 1
    seconds = time.monotonic() - begun
    say("up through the whole chat", f"{notches} notches in {seconds:.0f} s; {len(waits) - still} times nothing came for 250 ms")
    say("", took(times))
    settle(frames)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=Path, required=True)
    parser.add_argument("--chat", default="Long Watch")
    parser.add_argument("--idle", type=float, default=30)
    parser.add_argument("--notches", type=int, default=20000, help="at most so many up through the chat")
    parser.add_argument("--out", type=Path, default=Path("target/bench-scroll"))
    a = parser.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    os.environ.pop("ICED_BACKEND", None)
    use(a.binary.resolve(), a.out)
    try:
        measure(a)
    finally:
        clean_up()


def measure(a):
    server = DemoServer("--world", "lifelike")
    account = server.account()
    data = folder()
    code, _, errors = run("sign-in", "--phone", account["phone"], "--data-dir", data, *server.options(),
                          stdin=(account["code"] + "\n").encode())
    assert code == 0, errors
    friend = Friend(server, account)
    window = Window(["--data-dir", data, *server.options()])
    until("the chats are there", window.badges)
    window.display.still()
    program, xserver = Process(window.process.pid), Process(window.display.server.pid)
    print(f"load {os.getloadavg()[0]:.1f} at the start")
    say("memory with nothing open", "PSS {:.1f} MiB, private {:.1f} MiB".format(*program.memory()))
    open_chat_at_top(window, friend, a.chat)
    frames, wheel = Frames(window.display), Wheel(window.display)
    settle(frames)
    window.display.save("opened")
    say("memory with the chat open", "PSS {:.1f} MiB, private {:.1f} MiB".format(*program.memory()))

    cpu, wakeups = program.cpu(), program.wakeups()
    time.sleep(a.idle)
    say(f"idle for {a.idle:.0f} s",
        f"{program.cpu() - cpu:.2f} CPU seconds, {program.wakeups() - wakeups} wake-ups, {len(frames.all())} frames")

    steady(frames, wheel, program, xserver)
    through(frames, wheel, window, a.notches)
    window.display.save("beginning")
    say("memory at the beginning", "PSS {:.1f} MiB, private {:.1f} MiB".format(*program.memory()))
    steady(frames, wheel, program, xserver)
    window.display.key("Escape")
    settle(frames)
    window.display.save("left")
    say("memory with the chat left", "PSS {:.1f} MiB, private {:.1f} MiB".format(*program.memory()))
    window.alive()
    print(f"load {os.getloadavg()[0]:.1f} at the end")


if __name__ == "__main__":
    main()
