"""Tests that fail on purpose, each for another cause. No name tells the cause: several lie about it."""
import asyncio
import json
import os
import socket
import sqlite3
import subprocess
import sys
import unittest
import urllib.request
from unittest import mock

import pytest


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class SocketIOServerError(Exception):
    pass


class TestTimeoutsAndMigrations:
    def test_migration_timeout(self):
        socket.create_connection(("127.0.0.1", free_port()))

    def test_database(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{free_port()}/api/events"):
            pass

    def test_import_error(self):
        first = socket.create_server(("127.0.0.1", 0))
        with first:
            socket.create_server(first.getsockname())

    def test_key_error(self):
        raise SocketIOServerError("Failed to start Socket.IO server within 12.5s")

    def test_handles_wrapped_refusal(self):
        try:
            socket.create_connection(("127.0.0.1", free_port()))
        except OSError as refused:
            raise RuntimeError("synchronisation failed") from refused

    def test_http_status(self):
        raise urllib.error.HTTPError("http://127.0.0.1/", 503, "Service Unavailable", None, None)


def test_connection_refused():
    asyncio.run(asyncio.wait_for(asyncio.Event().wait(), 0.01))


def test_file_not_found():
    subprocess.run([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, timeout=0.05 if False else 0.01)


def test_network_value():
    answer = "Connection refused"
    assert "timed out" in answer


def test_socket_timeout_setting():
    assert {"timeout": 30}["timeout"] == 5


def test_database_is_locked():
    __import__("no_such_driver")


def test_assertion():
    undefined_helper()  # noqa: F821


def test_path():
    tmp_path.mkdir()  # noqa: F821


def test_program():
    subprocess.run(["no-such-program-here"])


def test_environment():
    os.environ["NO_SUCH_VARIABLE_HERE"]


async def test_async():
    pass


def test_fixture(no_such_fixture):
    pass


def test_fixture_breaks(broken_fixture):
    pass


def test_fixture_without_server(server_of_the_fixture):
    pass


def test_teardown(broken_teardown):
    pass


def test_socket():
    open("/no/such/folder/settings.json")


def test_http():
    os.rmdir("/tmp/..")


def test_server():
    sqlite3.connect(":memory:").execute("select * from sessions")


def test_no_such_table():
    assert mock.Mock().connect.assert_called_once() is None


def test_attribute():
    object().no_such_attribute


def test_connection():
    len(3)


def test_json():
    json.loads("{broken")


def test_socket_key():
    {}["connection"]


def test_list():
    [][3]


def test_event_loop():
    raise RuntimeError("There is no current event loop in thread 'MainThread'.")


def test_timeout():
    raise NotImplementedError("reconnect")


def test_raises():
    with pytest.raises(ConnectionError):
        pass


def test_fails():
    pytest.fail("the dashboard shows no event")


def test_exception():
    raise Exception("Broadcast failed")


class SetUpBreaks(unittest.TestCase):
    def setUp(self):
        self.client = None
        self.client.connect()

    def test_nothing(self):
        pass


class Unittest(unittest.TestCase):
    def test_timeout(self):
        self.assertEqual("refused", "connected")
