"""Heliograph's window on a real display, with a person before it who knows the design (`look.md`)."""

from stage.display import Display, spots
from stage.program import Lines, environment, folder, start, until

ACCENT = (0xAD, 0x64, 0x10)
DANGER = (0xB3, 0x40, 0x2F)
RAIL, LIST, HEADER, ROW, COMPOSER = 64, 384, 56, 64, 56


class Window:
    """The program with its window open."""

    def __init__(self, arguments, bus=None, home=None, command=None, **more):
        self.display = Display()
        self.home = home or folder()
        env = environment(
            self.home, DISPLAY=self.display.name,
            # No bus at all is what a machine without a desktop has.
            DBUS_SESSION_BUS_ADDRESS=bus.address if bus else "unix:path=/nonexistent", **more,
        )
        self.process = start(arguments, env=env, command=command)
        self.errors = Lines(self.process.stderr)
        self.output = Lines(self.process.stdout)
        self.display.wait_for_window(self.process, self.errors)

    @property
    def conversation(self):
        """Where messages are: left, top, right, bottom."""
        return (LIST, HEADER, self.display.width, self.display.height - COMPOSER)

    @property
    def list(self):
        """Where the chats are."""
        return (RAIL, 0, LIST, self.display.height)

    def spots(self, colour, box=None, least=12):
        """The connected spots of a colour: their boxes in the window."""
        box = box or (0, 0, self.display.width, self.display.height)
        return [
            (left + box[0], top + box[1], right + box[0], bottom + box[1])
            for left, top, right, bottom in spots(self.display.picture(box), colour, least=least)
        ]

    def buttons(self, box=None, width=80):
        """The accent-coloured buttons at least this wide."""
        return [spot for spot in self.spots(ACCENT, box, 20) if spot[2] - spot[0] >= width]

    def discs(self):
        """The accent-coloured discs of file rows in the conversation, from top to bottom."""
        return [
            (left, top, right, bottom) for left, top, right, bottom in self.spots(ACCENT, self.conversation, 20)
            if right - left <= 60 and abs((right - left) - (bottom - top)) <= 8
        ]

    def badges(self):
        """The accent-coloured counts in the list."""
        return self.spots(ACCENT, self.list)

    def sun(self):
        """The sign of the sign-in screen."""
        return self.spots(ACCENT, (260, 100, 640, 400), 18)

    def wait_button(self, what, box=None, width=80):
        return until(what, lambda: self.buttons(box, width))[0]

    def click(self, box):
        self.display.click((box[0] + box[2]) // 2, (box[1] + box[3]) // 2)

    def press(self, box):
        """Clicks, and takes the pointer away: a button under it has another colour."""
        self.click(box)
        # Not at once: events that come together count as at one place.
        self.display.still(box, quiet=0.3)
        self.display.move(2, 2)

    def alive(self):
        assert self.process.poll() is None, f"it ended with {self.process.returncode}: {self.errors.all}"
