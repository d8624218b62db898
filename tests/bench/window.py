#!/usr/bin/env python3
"""How long the signed-in window takes to start, and what it holds.

    tests/bench/window.py --tool PATH/measure_gui.py [--binary target/release/heliograph] [--runs 5] [--out DIR]

For each of the worlds `plain` and `lifelike` it starts a demo server in a process of its own, signs in from the command line, and
measures the window with `measure_gui.py` (whose docstring says what each figure means): once with the data key in a file and once
with the key in a real, unlocked Secret Service (gnome-keyring-daemon, where it is installed) on a session bus of its own. No
ICED_BACKEND is set. Prints one table; the figures of each run lie in DIR. Nothing here passes or fails.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROWS = [
    ("paint_s", "first paint, s", 1, 2), ("full_s", "settled picture, s", 1, 2), ("cpu_at_full_s", "CPU s to settled", 1, 2),
    ("rss_kib", "RSS MiB", 1024, 0), ("pss_kib", "PSS MiB", 1024, 0), ("private_dirty_kib", "private dirty MiB", 1024, 0),
    ("threads", "threads", 1, 0), ("idle_cpu_pct", "idle CPU, % of a core", 1, 2), ("idle_ctxt_per_s", "wake-ups a second, idle", 1, 2),
    ("xserver_idle_cpu_pct", "X server idle CPU, %", 1, 2), ("load1", "load", 1, 1),
]


def demo_server(binary, world, quiet):
    command = [binary, "demo-server", "--listen", "127.0.0.1:0", "--world", world] + (["--quiet"] if quiet else [])
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    return process, json.loads(process.stdout.readline())


def keyring():
    """A session bus with an unlocked keyring on it, and its environment."""
    home = tempfile.mkdtemp(prefix="heliograph-keyring-")
    env = dict(os.environ, HOME=home, XDG_DATA_HOME=home, XDG_RUNTIME_DIR=home, GNOME_KEYRING_CONTROL=home)
    bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address=1"], stdout=subprocess.PIPE, env=env)
    env["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
    daemon = subprocess.Popen(["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"], stdin=subprocess.PIPE,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
    daemon.stdin.write(b"bench")
    daemon.stdin.close()
    return env, [daemon, bus], home


def measure(a, label, world, storage, quiet):
    ended, folders, env = [], [], dict(os.environ)
    bus = []
    try:
        if storage == "os":
            env, bus, home = keyring()
            ended += bus
            folders.append(home)
        server, where = demo_server(a.binary, world, quiet)
        ended.append(server)
        data = tempfile.mkdtemp(prefix="heliograph-bench-")
        folders.append(data)
        key = Path(data) / "server.pem"
        key.write_text(where["public_key_pem"])
        account = next(account for account in where["accounts"] if not account.get("password"))
        common = ["--data-dir", data, "--server", where["address"], "--server-key", str(key), "--key-storage", storage]
        subprocess.run([a.binary, "sign-in", "--phone", account["phone"], *common], input=account["code"] + "\n", text=True,
                       check=True, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)
        options = ["--label", label, "--name", "Heliograph", "--runs", str(a.runs), "--net", "host", "--out-dir", a.out]
        if a.nice is not None:
            options += ["--nice", str(a.nice)]
        for name in ("DBUS_SESSION_BUS_ADDRESS", "HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR") if storage == "os" else ():
            options += ["--env", f"{name}={env[name]}"]
        done = subprocess.run([sys.executable, a.tool, *options, "--", a.binary, *common], stdout=subprocess.PIPE, text=True)
        if done.returncode:
            raise SystemExit(done.stdout)
        return json.loads((Path(a.out) / f"{label}.json").read_text())
    finally:
        for process in ended:
            process.terminate()
            process.wait()
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", required=True)
    parser.add_argument("--binary", default="target/release/heliograph")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--nice", type=int, help="for the window and its X server, on a busy machine")
    parser.add_argument("--out", default="target/bench-window")
    parser.add_argument("--only", help="a word that the label has to contain")
    a = parser.parse_args()
    a.binary = str(Path(a.binary).resolve())
    os.environ.pop("ICED_BACKEND", None)
    os.makedirs(a.out, exist_ok=True)
    kinds = [("plain-file", "plain", "file", True), ("plain-keyring", "plain", "os", True), ("lifelike-file", "lifelike", "file", True),
             ("lifelike-keyring", "lifelike", "os", True), ("lifelike-live-file", "lifelike", "file", False)]
    table = {}
    for label, world, storage, quiet in kinds:
        if a.only and a.only not in label:
            continue
        if storage == "os" and not shutil.which("gnome-keyring-daemon"):
            print(f"{label}: left out, gnome-keyring-daemon is not installed", file=sys.stderr)
            continue
        result = measure(a, label, world, storage, quiet)
        errors = [run["error"] for run in result["runs"] if "error" in run]
        if errors:
            print(f"{label}: {len(errors)} runs failed: {errors[0]}", file=sys.stderr)
        table[label] = result["summary"]
    print("| median (min to max) | " + " | ".join(table) + " |")
    print("|---|" + "---|" * len(table))
    for name, words, unit, digits in ROWS:
        cells = []
        for summary in table.values():
            figure = summary.get(name)
            cells.append("" if figure is None else "{:.{d}f} ({:.{d}f} to {:.{d}f})".format(
                figure["median"] / unit, figure["min"] / unit, figure["max"] / unit, d=digits))
        if any(cells):
            print(f"| {words} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
