"""A healthy echo server on python-socketio; prints its port. Arguments: allowed origins ("*" or one), token."""
import socket
import sys
from datetime import datetime, timezone

import socketio
from aiohttp import web

NAMESPACES = ["/system", "/session", "/claude", "/agent", "/hook", "/todo", "/memory", "/log"]
ORIGINS, TOKEN = sys.argv[1:3]


class Echo(socketio.AsyncNamespace):
    @property
    def room(self):
        return f"{self.namespace[1:]}_room"

    async def on_connect(self, sid, environ, auth):
        if (auth or {}).get("token") != TOKEN:
            raise socketio.exceptions.ConnectionRefusedError("authentication failed")
        await self._await(self.enter_room(sid, self.room))

    async def trigger_event(self, event, *args):
        if event in ("connect", "disconnect"):
            return await super().trigger_event(event, *args)
        sid, data = args[0], args[1] if len(args) > 1 else {}
        if event != "join_room":
            fields = {**data, "echoed_at": datetime.now(timezone.utc).isoformat(), "original_sender": sid}
            await self.emit(f"echo_{event}", fields, room=self.room)
        return {"ok": True}

    @staticmethod
    async def _await(result):
        if result is not None:
            await result


server = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins=ORIGINS)
for name in NAMESPACES:
    server.register_namespace(Echo(name))
application = web.Application()
server.attach(application)
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
web.run_app(application, sock=listener, print=None)
