"""`heliograph sign-in`: from a terminal, without a window."""

import stat
import sqlite3

from stage.program import DemoServer, environment, folder, run


def sign_in(server, phone, answers, data, *more, env=None):
    return run(
        "sign-in", "--phone", phone, *server.options(), "--data-dir", data, *more,
        stdin="".join(f"{answer}\n" for answer in answers).encode(), env=env,
    )


def files_below(root):
    return [path for path in [root / "accounts", *sorted((root / "accounts").rglob("*"))]]


def case_a_code_is_enough_where_there_is_no_password():
    server, data = DemoServer(), folder()
    account = server.account()
    code, out, err = sign_in(server, account["phone"], [account["code"]], data)
    assert (code, out) == (0, ""), (code, out, err)
    assert "file" in err, f"it must say that the key lies in a file: {err}"
    assert server.lines.all == [server.lines.all[0]]


def case_code_then_password():
    server, data = DemoServer(), folder()
    account = server.account(password=True)
    code, out, err = sign_in(server, account["phone"], [account["code"], account["password"]], data)
    assert (code, out) == (0, ""), (code, out, err)


def case_an_email_address_is_set_up_where_it_is_needed():
    server = DemoServer()
    account = next(a for a in server.accounts if a["way"] == "email_set_up")
    answers = ["selma@post.example", account["code"], account["code"]]
    code, out, err = sign_in(server, account["phone"], answers, folder())
    assert (code, out) == (0, ""), (code, out, err)


def case_a_wrong_code_is_refused_with_one_reason():
    server = DemoServer()
    account = server.account()
    wrong = "".join("1" if digit == "0" else "0" for digit in account["code"])
    code, out, err = sign_in(server, account["phone"], [wrong], folder())
    assert (code, out) == (1, ""), (code, out, err)
    assert "code" in err.strip().splitlines()[-1].lower() and "panicked" not in err, err


def case_a_wrong_password_is_refused():
    server = DemoServer()
    account = server.account(password=True)
    code, out, err = sign_in(server, account["phone"], [account["code"], "swordfish"], folder())
    assert (code, out) == (1, ""), (code, out, err)
    assert "password" in err.strip().splitlines()[-1].lower(), err
    assert "swordfish" not in err


def case_an_end_of_input_is_refused_not_waited_for():
    server = DemoServer()
    code, out, err = sign_in(server, server.account()["phone"], [], folder())
    assert (code, out) == (1, ""), (code, out, err)


def case_no_server_is_one_reason():
    server = DemoServer()
    address = server.address
    server.process.kill()
    server.process.wait()
    code, out, err = run(
        "sign-in", "--phone", "+1", "--server", address, "--server-key", server.key_file, "--key-storage", "file",
        "--data-dir", folder(), timeout=120,
    )
    assert (code, out) == (1, ""), (code, out, err)
    assert "panicked" not in err, err


def case_the_passphrase_is_asked_for_last():
    server, data = DemoServer(), folder()
    account = server.account(password=True)
    answers = [account["code"], account["password"], "open sesame"]
    code, out, err = sign_in(server, account["phone"], answers, data, "--key-storage", "passphrase")
    assert (code, out) == (0, ""), (code, out, err)
    for path in files_below(data):
        if path.is_file():
            assert b"open sesame" not in path.read_bytes(), path


def case_what_is_kept_is_private_and_encrypted():
    server, data = DemoServer(), folder()
    account = server.account()
    code, _, err = sign_in(server, account["phone"], [account["code"]], data)
    assert code == 0, err
    kept = files_below(data)
    assert any(path.is_file() for path in kept)
    for path in kept:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), (path, oct(mode))
        if path.suffix == ".db":
            assert path.read_bytes()[:15] != b"SQLite format 3"
            try:
                sqlite3.connect(path).execute("select count(*) from sqlite_master").fetchone()
                raise AssertionError(f"{path} can be read without the key")
            except sqlite3.DatabaseError:
                pass


def case_the_log_keeps_secrets():
    server, data = DemoServer(), folder()
    account = server.account(password=True)
    code, _, err = sign_in(server, account["phone"], [account["code"], account["password"]], data, "--log", "trace")
    assert code == 0, err
    for secret in (account["code"], account["password"], account["phone"].lstrip("+")):
        assert secret not in err, "a secret is in the log"


def case_it_never_opens_a_window():
    server, data = DemoServer(), folder()
    account = server.account()
    env = environment(folder(), DISPLAY=":4711", WAYLAND_DISPLAY="wayland-4711")
    code, out, err = sign_in(server, account["phone"], [account["code"]], data, env=env)
    assert (code, out) == (0, ""), (code, out, err)
