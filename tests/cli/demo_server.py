"""`heliograph demo-server`: its first line, its ports, its end."""

import re
import signal
import socket

from stage.program import DemoServer, end, folder, run, start


def case_the_first_line_says_everything():
    server = DemoServer()
    said = server.said
    assert set(said) == {"address", "dc_id", "datacenters", "public_key_pem", "accounts"}, set(said)
    assert re.fullmatch(r"127\.0\.0\.1:\d+", said["address"])
    assert said["public_key_pem"].startswith("-----BEGIN RSA PUBLIC KEY-----\n")
    assert len(said["accounts"]) >= 5
    for account in said["accounts"]:
        assert set(account) >= {"phone", "code", "password"}, account
        assert re.fullmatch(r"\+?\d{5,15}", account["phone"]) and account["code"], account
        assert account["way"] != "app" or re.fullmatch(r"\d{5}", account["code"]), account
    assert len({account["phone"] for account in said["accounts"]}) == len(said["accounts"])
    assert any(account["password"] for account in said["accounts"])
    home = {dc["id"]: dc["address"] for dc in said["datacenters"]}
    assert len(home) >= 2 and home[said["dc_id"]] == said["address"], home
    for address in home.values():
        host, port = address.rsplit(":", 1)
        socket.create_connection((host, int(port)), timeout=10).close()


def case_standard_output_carries_nothing_else_and_a_signal_ends_it_well():
    for by in (signal.SIGTERM, signal.SIGINT):
        server = DemoServer()
        assert end(server.process, by) == 0, by
        assert server.lines.next() is None, server.lines.all


def case_the_same_seed_gives_the_same_world():
    accounts = [DemoServer("--seed", "7").accounts for _ in range(2)]
    assert accounts[0] == accounts[1]


def case_the_plain_world_has_accounts_too():
    assert len(DemoServer("--world", "plain").accounts) >= 5


def case_a_port_in_use_is_one_line():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, out, err = run("demo-server", "--listen", f"127.0.0.1:{taken.getsockname()[1]}")
    assert code == 1 and out == "" and len(err.strip().splitlines()) == 1, (code, out, err)


def case_other_computers_reach_it_only_when_that_is_said():
    code, out, err = run("demo-server", "--listen", "0.0.0.0:0")
    assert code == 2 and out == "" and "--allow-remote" in err and len(err.strip().splitlines()) == 1, (code, out, err)
    server = DemoServer("--allow-remote", listen="0.0.0.0:0")
    assert server.address.startswith("0.0.0.0:"), server.address
    server.errors.find("OTHER COMPUTERS CAN REACH")


def case_it_says_loudly_that_it_is_no_place_for_real_messages():
    server = DemoServer()
    server.errors.find("NO PLACE FOR REAL MESSAGES")
    assert end(server.process) == 0
    assert not any("OTHER COMPUTERS" in line for line in server.errors.all), server.errors.all


def case_a_scenario_file_that_is_none_is_one_line():
    place = folder()
    for text in (None, "nonsense", '{"rules": [{"method": "*", "do": "explode"}]}'):
        file = place / "scenario.json"
        if text:
            file.write_text(text)
        code, out, err = run("demo-server", "--listen", "127.0.0.1:0", "--scenario", str(file))
        assert code == 1 and out == "" and len(err.strip().splitlines()) == 1, (code, out, err)
        assert "scenario.json" in err, err


def case_a_given_port_is_the_one():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = start(["demo-server", "--quiet", "--listen", f"127.0.0.1:{port}"])
    line = process.stdout.readline().decode()
    assert f"127.0.0.1:{port}" in line, line
