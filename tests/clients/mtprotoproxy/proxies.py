"""Heliograph signs in through mtprotoproxy with every kind of secret; straight, it would not reach the server."""

import json
import sys
from pathlib import Path

from stage.program import DemoServer, Lines, environment, folder, run, start

KEY = "00112233445566778899aabbccddeeff"
SITE = "example.org"
SERVE = Path(__file__).parent / "serve.py"


def proxy(server, **choices):
    """Starts one that leads to the server: its port, and what it says."""
    config = folder() / "config.py"
    lines = {"USERS": {"tg": KEY}, "MASK": False, "TLS_DOMAIN": SITE, **choices}
    config.write_text("".join(f"{name} = {value!r}\n" for name, value in lines.items()))
    host, port = server.address.rsplit(":", 1)
    process = start([SERVE, config, host, port], command=[sys.executable], env=environment(folder()))
    errors, lines = Lines(process.stderr), Lines(process.stdout)
    said = lines.next()
    assert said, f"mtprotoproxy does not start: {errors.all}"
    return int(said), errors


def sign_in(server, port, secret):
    """Signs in with this proxy among the choices; the server's own address is one where nobody is."""
    account, data = server.account(), folder()
    link = f"tg://proxy?server=127.0.0.1&port={port}&secret={secret}"
    choices = {"proxies": {"list": [link], "chosen": 0, "on": True, "switching": False}}
    (data / "preferences.json").write_text(json.dumps(choices))
    return run(
        "sign-in", "--phone", account["phone"], "--server", "127.0.0.1:9", "--server-key", server.key_file,
        "--key-storage", "file", "--data-dir", data, stdin=f"{account['code']}\n".encode(), timeout=120,
    )


def through(secret, **choices):
    server = DemoServer()
    port, errors = proxy(server, **choices)
    code, out, err = sign_in(server, port, secret)
    assert (code, out) == (0, ""), (code, out, err, errors.all)
    assert KEY not in err, err


def case_a_plain_secret():
    through(KEY)


def case_a_secret_for_padded_packets():
    through("dd" + KEY, SECURE_ONLY=True)


def case_a_secret_for_what_looks_like_a_site():
    through("ee" + KEY + SITE.encode().hex(), TLS_ONLY=True)


def case_another_secret_is_no_way_in():
    server = DemoServer()
    port, _ = proxy(server)
    code, out, err = sign_in(server, port, "ff" * 16)
    assert (code, out) == (1, "") and "panicked" not in err, (code, out, err)
