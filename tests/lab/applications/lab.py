"""What the Python applications of the lab share: their options, a port, and the line that tells where they listen.

To be imported before a monkey patch: its two threads are real ones.
"""
import sys
from _thread import start_new_thread
from os import _exit, read
from socket import socket
from time import monotonic, sleep
from types import SimpleNamespace

START_SECONDS = 60


def options(**defaults):
    """The words ``name=value`` of the command line: each replaces a default, and no other name is known."""
    given = dict(word.split("=", 1) for word in sys.argv[1:])
    assert given.keys() <= defaults.keys(), f"unknown option among {sys.argv[1:]}"
    return SimpleNamespace(**{**defaults, **given})


def port(**credentials):
    """A free port of loopback. What listens there is announced, with the credentials of a user of the application.

    The program ends with whoever started it.
    """
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    start_new_thread(_announce, (number, credentials))
    start_new_thread(_end_with_parent, ())
    return number


def _announce(number, credentials):
    end = monotonic() + START_SECONDS
    while monotonic() < end:
        with socket() as client:
            if client.connect_ex(("127.0.0.1", number)) == 0:
                words = [f"{name}={value}" for name, value in credentials.items()]
                print("READY", f"http://127.0.0.1:{number}", *words, flush=True)
                return
        sleep(0.05)
    _exit(1)


def _end_with_parent():
    while read(0, 4096):
        pass
    _exit(0)
