"""One window a data folder, several accounts in it, and what a second start does."""

import signal
import socket


from stage.display import Display
from stage.program import DemoServer, Lines, end, environment, folder, run, start, until


class Window:
    """Heliograph's window with a data folder of its own, on a display of its own."""

    def __init__(self, server, data, *more, runtime=None, display=None):
        self.server, self.data = server, data
        self.display = display or Display()
        self.home = folder()
        self.runtime = runtime or self.home
        self.env = environment(
            self.home, DISPLAY=self.display.name, XDG_RUNTIME_DIR=self.runtime,
            DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent",
        )
        self.process = start([*self.options(), *more], env=self.env)
        self.errors = Lines(self.process.stderr)
        self.display.wait_for_window(self.process, self.errors)

    def options(self):
        return [*self.server.options(), "--data-dir", self.data]

    def again(self, *more):
        """A second start with the same data folder: exit code, standard output, standard error."""
        return run(*self.options(), *more, env=self.env)


def signed_in(server, data, account, *more):
    code, out, err = run(
        "sign-in", "--phone", account["phone"], *server.options(), "--data-dir", data, *more,
        stdin=f"{account['code']}\n".encode(),
    )
    assert (code, out) == (0, ""), (code, out, err)


def ids(server, data):
    code, out, err = run("accounts", *server.options(), "--data-dir", data)
    assert (code, err) == (0, ""), (code, err)
    return out.split()


def two_accounts(server):
    data = folder()
    first = server.account()
    signed_in(server, data, first)
    signed_in(server, data, server.others(first)[0], "--account", "new")
    return data


def case_accounts_are_listed_and_chosen_by_id():
    server = DemoServer()
    data = folder()
    assert ids(server, data) == []
    data = two_accounts(server)
    both = ids(server, data)
    assert len(both) == 2 and both == sorted(both), both
    # Nobody is thrown out of any of them.
    for account in both:
        code, out, err = run(
            "sign-in", "--phone", server.account()["phone"], *server.options(), "--data-dir", data,
            "--account", account,
        )
        assert (code, out) == (1, "") and "signed in already" in err, (code, out, err)
    code, out, err = run(
        "sign-in", "--phone", "+1", *server.options(), "--data-dir", data, "--account", "nobody"
    )
    assert (code, out) == (1, "") and "no account with this id" in err, (code, out, err)
    # Their files are apart, and the folders are for their owner only.
    for account in both:
        place = data / "accounts" / account
        assert (place / "account.db").exists() and place.stat().st_mode & 0o077 == 0


def case_a_second_start_hands_over_and_ends():
    server = DemoServer()
    window = Window(server, two_accounts(server))
    first, second = ids(server, window.data)
    for more in [[], ["tg://resolve?domain=nobody_has_this"], ["--account", second, "https://t.me/+abc"]]:
        code, out, err = window.again(*more)
        assert (code, out, err) == (0, "", ""), (more, code, out, err)
    assert window.process.poll() is None
    code, out, err = window.again("--account", "nobody")
    assert (code, out) == (1, "") and "no account with this id" in err, (code, out, err)
    # What it was told last is what it shows at the next start.
    until("the choice is kept", lambda: second in (window.data / "preferences.json").read_text())
    sockets = [path for path in window.runtime.iterdir() if path.suffix == ".sock"]
    assert len(sockets) == 1 and sockets[0].stat().st_mode & 0o077 == 0, sockets


def case_garbage_on_the_socket_is_ignored():
    server = DemoServer()
    window = Window(server, folder())
    path = next(path for path in window.runtime.iterdir() if path.suffix == ".sock")
    for garbage in [b"", b"\n", b"\xff" * 100 + b"\n", b'{"links": 7}\n', b"[" * 60000 + b"\n", b"x" * 200_000]:
        with socket.socket(socket.AF_UNIX) as stranger:
            stranger.settimeout(10)
            stranger.connect(str(path))
            try:
                stranger.sendall(garbage)
                stranger.shutdown(socket.SHUT_WR)
                assert stranger.recv(100) == b"", garbage[:20]
            except (BrokenPipeError, ConnectionResetError):
                pass
    # One who says nothing at all does not keep the others out.
    silent = socket.socket(socket.AF_UNIX)
    silent.connect(str(path))
    code, out, err = window.again("t.me/nobody_has_this")
    silent.close()
    assert (code, out, err) == (0, "", ""), (code, out, err)
    assert window.process.poll() is None, window.errors.all


def case_what_a_killed_window_left_is_taken_over():
    server = DemoServer()
    window = Window(server, two_accounts(server))
    assert end(window.process, signal.SIGKILL) == -signal.SIGKILL
    left = [path for path in window.runtime.iterdir() if path.suffix == ".sock"]
    assert len(left) == 1
    next_one = Window(server, window.data, runtime=window.runtime)
    assert next_one.again() == (0, "", "")


def case_one_store_has_one_process():
    server = DemoServer()
    data = folder()
    signed_in(server, data, server.account())
    window = Window(server, data)
    account = ids(server, data)[0]
    arguments = [
        "sign-in", "--phone", server.account()["phone"], *server.options(), "--data-dir", data, "--account", account,
    ]
    until("its store is open", lambda: "already open" in run(*arguments)[2])
    end(window.process, signal.SIGKILL)
    code, out, err = run(*arguments)
    assert (code, out) == (1, "") and "signed in already" in err, (code, out, err)
