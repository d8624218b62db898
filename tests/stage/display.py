"""A display of our own (Xvfb) with a real pointer and real keys (XTest), and eyes: pictures of what is on it."""

import os
import subprocess
import time

from PIL import Image, ImageChops
from Xlib import XK, X
from Xlib import display as xdisplay
from Xlib.ext import xtest

from stage.program import folder, on_clean_up, on_failure, out, start, until

WIDTH, HEIGHT = 1280, 800
# Characters that are keys with a name.
NAMED = {" ": "space", "\n": "Return", "\t": "Tab", "+": "plus", "-": "minus", ".": "period", ",": "comma", "/": "slash",
         ":": "colon", "'": "apostrophe", "?": "question", "!": "exclam", "_": "underscore", "(": "parenleft",
         ")": "parenright", "@": "at", "#": "numbersign"}


class Display:
    """An X server with one screen and no window manager."""

    def __init__(self, width=WIDTH, height=HEIGHT):
        reader, writer = os.pipe()
        self.server = start(
            ["-displayfd", str(writer), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset"],
            command=["Xvfb"], env={"PATH": os.environ["PATH"], "HOME": str(folder())}, pass_fds=[writer],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        os.close(writer)
        with os.fdopen(reader) as numbers:
            number = numbers.readline().strip()
        assert number, "Xvfb did not start"
        self.name = f":{number}"
        self.x = xdisplay.Display(self.name)
        on_clean_up(self.x.close)
        self.root = self.x.screen().root
        self.window = None
        self.left, self.top, self.width, self.height = 0, 0, width, height
        on_failure(lambda case: self.save(f"failed-{case}"))

    def windows(self):
        """The windows of a size that a person would call a window."""
        found = []
        for child in self.root.query_tree().children:
            try:
                geometry, attributes = child.get_geometry(), child.get_attributes()
            except Exception:
                continue  # gone meanwhile
            if attributes.map_state == X.IsViewable and geometry.width > 200 and geometry.height > 200:
                found.append(child)
        return found

    def wait_for_window(self, process, lines):
        """Waits until the program shows its window and gives it the keyboard, as a window manager would."""

        def opened():
            assert process.poll() is None, f"it ended with {process.returncode} before a window came: {lines.all}"
            return self.windows()

        self.window = until("a window is open", opened)[0]
        self.window.set_input_focus(X.RevertToParent, X.CurrentTime)
        self.x.sync()
        geometry = self.window.get_geometry()
        self.left, self.top, self.width, self.height = geometry.x, geometry.y, geometry.width, geometry.height
        until("the window is drawn", lambda: len(self.picture().getcolors(maxcolors=1 << 20) or [0] * 9) > 8)

    def picture(self, box=None):
        """What is on the window now (the part `left, top, right, bottom` of it)."""
        box = box or (0, 0, self.width, self.height)
        left, top, right, bottom = box
        raw = self.root.get_image(
            self.left + left, self.top + top, right - left, bottom - top, X.ZPixmap, 0xFFFFFFFF
        )
        return Image.frombytes("RGB", (right - left, bottom - top), raw.data, "raw", "BGRX")

    def save(self, name):
        """Keeps a picture for people, in tests/.out."""
        self.picture().save(out() / f"{name}.png")

    def still(self, box=None, quiet=0.6, timeout=30):
        """Waits until nothing has moved for a while, and returns the picture."""
        deadline = time.monotonic() + timeout
        last, since = self.picture(box), time.monotonic()
        while time.monotonic() < deadline:
            time.sleep(0.1)
            now = self.picture(box)
            if now.tobytes() != last.tobytes():
                last, since = now, time.monotonic()
            elif time.monotonic() - since >= quiet:
                return now
        return last

    def changed(self, before, box=None, what="the picture changes", timeout=60):
        """Waits until the picture is another than this one."""
        return until(what, lambda: self.picture(box).tobytes() != before.tobytes(), timeout)

    def move(self, x, y):
        xtest.fake_input(self.x, X.MotionNotify, x=int(self.left + x), y=int(self.top + y))
        self.x.sync()
        time.sleep(0.05)

    def click(self, x, y, button=1):
        self.move(x, y)
        xtest.fake_input(self.x, X.ButtonPress, button)
        self.x.sync()
        time.sleep(0.03)
        xtest.fake_input(self.x, X.ButtonRelease, button)
        self.x.sync()
        time.sleep(0.05)

    def wheel(self, x, y, notches):
        """Turns the wheel: up is positive."""
        for _ in range(abs(notches)):
            self.click(x, y, 4 if notches > 0 else 5)

    def key(self, name, *held):
        """Presses the key with this X name while others are held."""
        codes = [self.x.keysym_to_keycode(XK.string_to_keysym(key)) for key in held]
        code, shifted = self._code(XK.string_to_keysym(name))
        if shifted:
            codes.append(self.x.keysym_to_keycode(XK.XK_Shift_L))
        for held_code in codes:
            xtest.fake_input(self.x, X.KeyPress, held_code)
        xtest.fake_input(self.x, X.KeyPress, code)
        xtest.fake_input(self.x, X.KeyRelease, code)
        for held_code in reversed(codes):
            xtest.fake_input(self.x, X.KeyRelease, held_code)
        self.x.sync()
        time.sleep(0.02)

    def _code(self, keysym):
        code = self.x.keysym_to_keycode(keysym)
        assert code, f"no key for {keysym}"
        return code, self.x.keycode_to_keysym(code, 0) != keysym and self.x.keycode_to_keysym(code, 1) == keysym

    def type(self, text):
        """Types these characters (those of a US board)."""
        for character in text:
            self.key(NAMED.get(character, character))


def spots(picture, colour, tolerance=6, least=12):
    """Connected spots of one colour in a picture: their boxes (left, top, right, bottom), from top to bottom."""
    width = picture.size[0]
    apart = ImageChops.difference(picture, Image.new("RGB", picture.size, colour)).split()
    worst = ImageChops.lighter(ImageChops.lighter(apart[0], apart[1]), apart[2]).tobytes()
    alike = {(index % width, index // width) for index, value in enumerate(worst) if value <= tolerance}
    boxes = []
    while alike:
        edge = [alike.pop()]
        left, top = right, bottom = edge[0]
        while edge:
            x, y = edge.pop()
            left, right, top, bottom = min(left, x), max(right, x), min(top, y), max(bottom, y)
            for near in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)):
                if near in alike:
                    alike.remove(near)
                    edge.append(near)
        if right - left >= least and bottom - top >= least:
            boxes.append((left, top, right + 1, bottom + 1))
    return sorted(boxes, key=lambda box: (box[1], box[0]))
