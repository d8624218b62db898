"""The options, the exit codes, and which stream carries what."""

import os
import shutil
import subprocess

from stage.display import Display
from stage.program import DemoServer, Skip, binary, environment, folder, run


def one_line(text):
    return len(text.strip().splitlines()) == 1 and text.endswith("\n")


def case_version_goes_to_standard_output():
    code, out, err = run("--version")
    assert code == 0 and err == "", (code, err)
    assert out.startswith("heliograph ") and one_line(out), out


def case_help_names_every_option_and_subcommand():
    code, out, err = run("--help")
    assert code == 0 and err == "", (code, err)
    for word in [
        "--demo", "--data-dir", "--server", "--server-key", "--test-dc", "--key-storage", "--log", "--version", "--help",
        "--account", "accounts", "LINK", "sign-in", "--phone", "demo-server", "--listen", "--seed", "--world", "--quiet",
    ]:
        assert word in out, f"{word} is not in the help:\n{out}"


def case_unknown_words_are_refused_in_one_line():
    for arguments in [
        ["--no-such-option"],
        ["no-such-command"],
        ["demo-server", "--no-such-option"],
        ["sign-in", "--no-such-option"],
        ["sign-in"],
        ["demo-server", "--listen", "nowhere"],
        ["demo-server", "--listen", "127.0.0.1:0", "--world", "flat"],
        ["demo-server", "--listen", "127.0.0.1:0", "--seed", "x"],
        ["--key-storage", "paper"],
        ["--server", "127.0.0.1:1"],
        ["--data-dir"],
    ]:
        code, out, err = run(*arguments)
        assert (code, out) == (2, ""), (arguments, code, out, err)
        assert one_line(err), (arguments, err)


def case_a_missing_or_broken_server_key_is_one_line():
    broken = folder() / "key.pem"
    broken.write_text("-----BEGIN RSA PUBLIC KEY-----\nbm8ga2V5\n-----END RSA PUBLIC KEY-----\n")
    for key in [folder() / "absent.pem", broken]:
        code, out, err = run(
            "sign-in", "--phone", "+1", "--server", "127.0.0.1:1", "--server-key", key, "--data-dir", folder(),
            "--key-storage", "file",
        )
        assert code in (1, 2) and out == "", (code, out, err)
        assert one_line(err) and key.name in err, err


def case_global_options_stand_before_or_after_the_subcommand():
    server = DemoServer()
    account = server.account()
    data = [folder(), folder()]
    for arguments in [
        [*server.options(), "--data-dir", data[0], "sign-in", "--phone", account["phone"]],
        ["sign-in", "--phone", account["phone"], *server.options(), "--data-dir", data[1]],
    ]:
        code, out, err = run(*arguments, stdin=f"{account['code']}\n".encode())
        assert (code, out) == (0, ""), (code, out, err)
    assert all(any((folder / "accounts").iterdir()) for folder in data)


def case_a_missing_library_is_named_with_its_package():
    unshare = shutil.which("unshare")
    if not unshare or os.geteuid() != 0:
        raise Skip("hiding a library needs unshare and root")
    listed = subprocess.run(
        ["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True
    ).stdout
    display = Display()
    for library, package in [("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"), ("libxkbcommon.so.0", "libxkbcommon0")]:
        paths = {line.split(" => ")[1].strip() for line in listed.splitlines() if line.strip().startswith(library + " ")}
        assert paths, f"{library} is not here in the first place"
        hide = "; ".join(f"mount --bind /dev/null {os.path.realpath(path)}" for path in sorted(paths))
        probe = subprocess.run([unshare, "-m", "sh", "-c", hide], capture_output=True, text=True)
        if probe.returncode != 0:
            raise Skip(f"mount namespaces are not permitted here: {probe.stderr.strip()}")
        home = folder()
        code, out, err = run(
            "--demo",
            env=environment(home, DISPLAY=display.name),
            command=[unshare, "-m", "sh", "-c", f'{hide}; exec "$0" "$@"', binary()],
        )
        assert code == 1 and out == "", (library, code, out, err)
        last = err.strip().splitlines()[-1]
        assert package in last and "panicked" not in err, (library, err)


def case_without_any_display_it_says_so_in_one_line():
    code, out, err = run("--demo", env=environment(folder()))
    assert code == 1 and out == "", (code, out, err)
    assert "panicked" not in err and len(err.strip().splitlines()) <= 2, err
