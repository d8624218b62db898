"""Runs the tests that look at Heliograph from outside: its command line, a foreign client, a real window.

    tests/.venv/bin/python tests/outside.py --binary target/ci/heliograph [part of a case's name ...]

A case is a function whose name begins with `case_`, in one of the modules below. What it prints, and pictures of the
window, stand in tests/.out. Ends with a line 'N passed, N failed, N skipped' and exit code 1 when one failed.
"""

import argparse
import importlib
import os
import shutil
import signal
import sys
import time
import traceback
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from stage import checks  # noqa: E402
from stage.program import Skip, clean_up, failed as keep_failure, use  # noqa: E402

MODULES = [
    "cli.contract",
    "cli.demo_server",
    "cli.sign_in",
    "cli.demo",
    "cli.instance",
    "clients.telethon.account",
    "clients.telethon.signing_in",
    "clients.telethon.writing",
    "clients.telethon.reading",
    "clients.telethon.pages",
    "clients.telethon.media",
    "clients.telethon.lists",
    "clients.telethon.people",
    "clients.telethon.groups",
    "clients.telethon.limits",
    "clients.telethon.transports",
    "clients.kurigram.account",
    "clients.mtprotoproxy.proxies",
    "window.sign_in",
    "window.main_job",
    "window.killed",
    "window.keyring",
    "window.traces",
]
# A case that hangs is a case that failed.
LONGEST = 300


def overdue(_signal, _frame):
    raise TimeoutError(f"took longer than {LONGEST} s")


def cases(wanted):
    for name in MODULES:
        module = importlib.import_module(name)
        for attribute, function in list(vars(module).items()):
            full = f"{name}.{attribute.removeprefix('case_')}"
            if attribute.startswith("case_") and (not wanted or any(part in full for part in wanted)):
                yield full, function


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True, type=Path)
    parser.add_argument("wanted", nargs="*")
    arguments = parser.parse_args()
    out = HERE / ".out"
    if not arguments.wanted:
        shutil.rmtree(out, ignore_errors=True)
    out.mkdir(exist_ok=True)
    use(arguments.binary.resolve(), out)
    signal.signal(signal.SIGALRM, overdue)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))

    passed = failed = skipped = 0
    for name, function in cases(arguments.wanted):
        started = time.monotonic()
        counted = checks.tally()
        signal.alarm(getattr(function, "longest", LONGEST))
        try:
            function()
            passed += 1
            outcome = "ok"
        except Skip as reason:
            skipped += 1
            outcome = f"skipped: {reason}"
        except Exception:
            failed += 1
            outcome = "FAILED"
            keep_failure(name)
            # Some errors carry everything that a server ever said.
            print("\n".join(line[:4000] for line in traceback.format_exc().splitlines()))
        finally:
            signal.alarm(0)
            clean_up()
        if name.startswith("clients.") and checks.tally() == counted:
            # The whole case is one check.
            reason = [outcome] if outcome.startswith("skipped") else []
            checks.count(name.split(".")[1], int(outcome == "ok"), int(outcome == "FAILED"), reason)
        print(f"{name}: {outcome} ({time.monotonic() - started:.1f} s)", flush=True)
    for line in checks.tally():
        print(line)
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(main())
