"""Serving stays on this machine, and a port in use is said plainly."""

import re
import socket

import pytest
import waitress

from dashapp.cli import build_parser, main
from dashapp.settings import LOOPBACK
from geodata.errors import InputError, UsageError


def parse(*arguments):
    return build_parser().parse_args(["serve", *map(str, arguments)])


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.10", "example.org", "", "127.0.0.1.evil.org"])
def test_any_host_but_this_machine_is_refused_before_anything_is_read(tmp_path, host):
    arguments = parse("--workspace", tmp_path / "none", "--host", host)
    with pytest.raises(UsageError, match=r"no access control yet.*Valid: 127\.0\.0\.1, ::1, localhost"):
        arguments.run(arguments)


def test_by_default_it_is_this_machine_and_port_8050():
    arguments = parse()
    assert (arguments.host, arguments.port) == ("127.0.0.1", 8050)
    assert arguments.host in LOOPBACK


def test_an_empty_workspace_is_refused_with_1(tmp_path, capsys):
    assert main(["serve", "--workspace", str(tmp_path / "empty"), "--port", "0"]) == 1
    assert "Nothing is loaded in empty/ yet" in capsys.readouterr().err


@pytest.fixture
def opened(monkeypatch):
    """What waitress was asked to serve, without a socket; it stops at once as if by Ctrl+C."""
    seen = {}

    class Server:
        def run(self):
            raise KeyboardInterrupt

        def close(self):
            seen["closed"] = True

    def create_server(application, **how):
        seen.update(application=application, **how)
        return Server()

    monkeypatch.setattr(waitress, "create_server", create_server)
    return seen


def test_it_prints_the_address_and_stops_cleanly(small_path, opened, capsys):
    assert main(["serve", "--workspace", str(small_path), "--port", "8051"]) == 0
    assert capsys.readouterr().out == "Locality Atlas is at http://127.0.0.1:8051/  (stop with Ctrl+C)\n"
    assert (opened["host"], opened["port"], opened["closed"]) == ("127.0.0.1", 8051, True)
    assert opened["application"].test_client().get("/").status_code == 200


def test_over_real_children_it_prints_once_what_opens_the_teams_week(real_path, opened, capsys):
    assert main(["serve", "--workspace", str(real_path), "--port", "8051"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("Locality Atlas is at")
    said, _, address = second.rpartition(" ")
    assert said == "This week's cases, for you alone, opens once:"
    host, key = re.fullmatch(r"http://(127\.0\.0\.1:8051)/cme/week\?key=([A-Za-z0-9_-]{32})", address).groups()
    with opened["application"].test_client() as browser:
        found = browser.get("/cme/week", query_string={"key": key}, headers={"Host": host}, follow_redirects=True)
        assert (found.status_code, found.request.query_string) == (200, b"")
    with opened["application"].test_client() as other:
        assert other.get("/cme/week", query_string={"key": key}).status_code == 403


def test_an_address_of_ipv6_is_printed_in_brackets(small_path, opened, capsys):
    assert main(["serve", "--workspace", str(small_path), "--host", "::1"]) == 0
    assert "http://[::1]:8050/" in capsys.readouterr().out
    assert opened["host"] == "::1"


def test_a_port_in_use_is_refused_with_another_way(small_path, capsys, monkeypatch):
    def taken(*_, **__):
        raise OSError(98, "Address already in use")

    monkeypatch.setattr(waitress, "create_server", taken)
    assert main(["serve", "--workspace", str(small_path), "--port", "8052"]) == 1
    assert capsys.readouterr().err == "Port 8052 is in use (Address already in use). Choose another with --port.\n"
    arguments = parse("--workspace", small_path)
    with pytest.raises(InputError):
        arguments.run(arguments)


def test_a_port_that_another_program_holds_is_such_a_port():
    # What the refusal stands on: a second socket on a held port is an OSError.
    with socket.socket() as holder, socket.socket() as second:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        with pytest.raises(OSError, match=r"in use|only one usage"):
            second.bind(holder.getsockname())
