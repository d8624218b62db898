"""`heliograph --demo`: everything in a folder that is gone at the end."""

import signal

from stage.bus import Bus
from stage.display import Display
from stage.program import Lines, end, environment, folder, start, until


def leaves_nothing(argument, by):
    display, bus = Display(), Bus()
    home, temporary = folder(), folder()
    env = environment(home, TMPDIR=temporary, DISPLAY=display.name, DBUS_SESSION_BUS_ADDRESS=bus.address)
    process = start([argument], env=env)
    lines = Lines(process.stderr)
    out = Lines(process.stdout)
    display.wait_for_window(process, lines)
    until("it keeps something in the temporary folder", lambda: list(temporary.iterdir()))
    assert end(process, by) == 0, lines.all
    assert list(temporary.iterdir()) == [], list(temporary.rglob("*"))
    kept = [path for path in home.rglob("*") if path.is_file() and "fontconfig" not in str(path)]
    assert kept == [], kept
    assert [call for call in bus.calls() if "secret" in call.lower()] == []
    assert out.next() is None, out.all


def case_the_sign_in_screen_leaves_nothing_behind():
    leaves_nothing("--demo", signal.SIGTERM)


def case_the_sample_account_leaves_nothing_behind():
    leaves_nothing("--demo=signed-in", signal.SIGINT)
