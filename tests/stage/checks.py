"""Many small named checks with one client at one server: each counts by itself, and one that fails does not end the others."""

import asyncio
import time
import traceback

from stage.program import Skip

# What each client has been through: name -> [passed, failed, reasons for skipping].
_tally = {}
# A check that hangs is a check that failed.
LONGEST = 30


def tally():
    """Lines for people: how many checks each client passed."""
    lines = []
    for client, (passed, failed, skipped) in sorted(_tally.items()):
        lines.append(f"{client}: {passed} checks passed, {failed} failed, {len(skipped)} skipped")
        lines.extend(f"    skipped: {reason}" for reason in skipped)
    return lines


def count(client, passed=0, failed=0, skipped=()):
    """Adds to what a client has been through."""
    known = _tally.setdefault(client, [0, 0, []])
    known[0] += passed
    known[1] += failed
    known[2].extend(skipped)


async def run(client, checks, stage):
    """Runs all functions of a module whose names begin with `check_`, in the order in which they stand there."""
    broken = []
    for name, check in checks.items():
        if not name.startswith("check_"):
            continue
        name = name.removeprefix("check_")
        started = time.monotonic()
        try:
            await asyncio.wait_for(check(stage), LONGEST)
            count(client, passed=1)
            outcome = "ok"
        except Skip as reason:
            count(client, skipped=[f"{name}: {reason}"])
            outcome = f"skipped: {reason}"
        except Exception:
            count(client, failed=1)
            broken.append(name)
            outcome = "FAILED"
            print("\n".join(line[:2000] for line in traceback.format_exc().splitlines()))
        print(f"    {client} {name}: {outcome} ({time.monotonic() - started:.1f} s)", flush=True)
    assert not broken, f"{len(broken)} checks failed: {', '.join(broken)}"
