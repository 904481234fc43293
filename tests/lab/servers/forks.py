"""Runs Python programs as forks of itself, in which the modules that take time to load are loaded already.

One connection a program: its first line holds the words of the command line as JSON, the answer's first line is the
process id, and then the connection is what the program reads and prints. Each is a process of its own.
"""
import contextlib
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import sys
import traceback

for name in ("aiohttp.web", "msgpack", "socketio", "uvicorn", "wsproto"):
    with contextlib.suppress(ImportError):
        importlib.import_module(name)


def become(connection):
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with connection.makefile("rb", buffering=0) as request:
        words = json.loads(request.readline())
    connection.sendall(f"PID {os.getpid()}\n".encode())
    for descriptor in (0, 1, 2):
        os.dup2(connection.fileno(), descriptor)
    connection.close()
    sys.argv = words
    sys.path[0] = os.path.dirname(os.path.abspath(words[0]))
    runpy.run_path(words[0], run_name="__main__")


def run(connection):
    code = 1
    try:
        become(connection)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


listener = socket.create_server(("127.0.0.1", 0), backlog=64)
signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the programs
gc.freeze()
print("PORT", listener.getsockname()[1], flush=True)
while sys.stdin not in select.select([listener, sys.stdin], [], [])[0]:
    program, _ = listener.accept()
    if os.fork() == 0:
        listener.close()
        run(program)
    program.close()
