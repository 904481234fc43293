"""The part of the package of this name that python-engineio uses in threads, for gunicorn: Debian does not have it."""
import threading

from wsproto import WSConnection
from wsproto.connection import ConnectionType
from wsproto.events import AcceptConnection, CloseConnection, Message, Ping, Request


class ConnectionClosed(Exception):
    """The client is gone."""


class Server:
    """One WebSocket on the connection of a WSGI request; whoever receives holds the thread until it ends."""

    def __init__(self, environ, **_):
        self.connection = environ["gunicorn.socket"]
        self.connection.settimeout(None)
        self.sending = threading.Lock()
        self.protocol = WSConnection(ConnectionType.SERVER)
        self.pending = []
        headers = [(name[5:].replace("_", "-"), value) for name, value in environ.items() if name.startswith("HTTP_")]
        request = [f"GET {environ['PATH_INFO']}?{environ['QUERY_STRING']} HTTP/1.1"] + [f"{name}: {value}" for name, value in headers]
        self.protocol.receive_data("\r\n".join(request + ["", ""]).encode())
        if any(isinstance(event, Request) for event in self.protocol.events()):
            self.write(AcceptConnection())

    def write(self, event):
        with self.sending:
            self.connection.sendall(self.protocol.send(event))

    def send(self, data):
        self.write(Message(data=data))

    def receive(self, timeout=None):
        while not self.pending:
            data = self.connection.recv(65536)
            self.protocol.receive_data(data or None)
            for event in self.protocol.events():
                if isinstance(event, Ping):
                    self.write(event.response())
                elif isinstance(event, CloseConnection):
                    raise ConnectionClosed()
                elif isinstance(event, Message):
                    self.pending.append(event.data)
        return self.pending.pop(0)

    def close(self, *_):
        self.write(CloseConnection(1000))
