#!/usr/bin/env python3
"""How long the window takes to start on what is stored, without a network, and what it holds.

    tests/bench/stored.py --tool PATH/measure_gui.py [--binary target/release/heliograph] [--messages 10000,1000000] [--runs 5]
                          [--out DIR] [--keep DIR]

For each number of messages it starts a demo server in a process of its own, signs in from the command line, stops the server,
fills the account's store (500 chats of very different size, the largest one open) with the benchmark of the store, and measures
the window with `measure_gui.py --net none` (whose docstring says what each figure means). `--keep` holds the filled folders, so
that a second run need not fill them again. No ICED_BACKEND is set. Prints one table. Nothing here passes or fails.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from window import ROWS, demo_server  # noqa: E402


def fill(a, count, data):
    """An account in this folder with so many messages, and the options that open it."""
    described = data / "options.json"
    if described.exists():
        return json.loads(described.read_text())
    data.mkdir(parents=True, exist_ok=True)
    server, where = demo_server(a.binary, "plain", True)
    try:
        key = data / "server.pem"
        key.write_text(where["public_key_pem"])
        account = next(account for account in where["accounts"] if not account.get("password"))
        options = ["--data-dir", str(data / "data"), "--server", where["address"], "--server-key", str(key), "--key-storage", "file"]
        subprocess.run([a.binary, "sign-in", "--phone", account["phone"], *options], input=account["code"] + "\n", text=True,
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)
    finally:
        server.terminate()
        server.wait()
    (account,) = (data / "data" / "accounts").iterdir()
    command = [a.filler] if a.filler else ["cargo", "bench", "--quiet", "-p", "heliograph-store", "--bench", "store", "--"]
    if a.profile and not a.filler:
        command[3:3] = ["--profile", a.profile]
    subprocess.run([*command, f"--fill={account}"], check=True, env=dict(os.environ, HELIOGRAPH_BENCH_MESSAGES=str(count)))
    described.write_text(json.dumps(options))
    return options


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", required=True)
    parser.add_argument("--binary", default="target/release/heliograph")
    parser.add_argument("--messages", default="10000,1000000")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--nice", type=int, help="for the window and its X server, on a busy machine")
    parser.add_argument("--out", default="target/bench-stored")
    parser.add_argument("--keep", help="a folder for the filled stores")
    parser.add_argument("--profile", help="of cargo, for the program that fills the store")
    parser.add_argument("--filler", help="the benchmark of the store, already built: nothing is compiled")
    a = parser.parse_args()
    a.binary = str(Path(a.binary).resolve())
    a.out = str(Path(a.out).resolve())
    os.environ.pop("ICED_BACKEND", None)
    os.makedirs(a.out, exist_ok=True)
    table = {}
    with tempfile.TemporaryDirectory(prefix="heliograph-stored-") as temporary:
        root = Path(a.keep).resolve() if a.keep else Path(temporary)
        for count in map(int, a.messages.split(",")):
            label = f"stored-{count}"
            options = fill(a, count, root / label)
            tool = ["--label", label, "--name", "Heliograph", "--runs", str(a.runs), "--net", "none", "--out-dir", a.out]
            if a.nice is not None:
                tool += ["--nice", str(a.nice)]
            done = subprocess.run([sys.executable, a.tool, *tool, "--", a.binary, *options], stdout=subprocess.PIPE, text=True)
            if done.returncode:
                raise SystemExit(done.stdout)
            result = json.loads((Path(a.out) / f"{label}.json").read_text())
            errors = [run["error"] for run in result["runs"] if "error" in run]
            if errors:
                print(f"{label}: {len(errors)} runs failed: {errors[0]}", file=sys.stderr)
            table[label] = result["summary"]
    print("| median (min to max) | " + " | ".join(table) + " |")
    print("|---|" + "---|" * len(table))
    for name, words, unit, digits in ROWS:
        figures = [summary.get(name) for summary in table.values()]
        if any(figures):
            cells = ["" if figure is None else "{:.{d}f} ({:.{d}f} to {:.{d}f})".format(
                figure["median"] / unit, figure["min"] / unit, figure["max"] / unit, d=digits) for figure in figures]
            print(f"| {words} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
