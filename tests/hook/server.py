"""A python-socketio server with the echo flow for the hook's tests."""
import asyncio
import datetime
import os
import sys
import threading

import socketio
from aiohttp import web

NAMESPACES = ["/system", "/session", "/claude", "/agent", "/hook", "/todo", "/memory", "/log"]
sio = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins="*")


def attach(namespace):
    room = namespace[1:] + "_room"

    async def connect(sid, environ, auth=None):
        if (auth or {}).get("token") != "dev-token":
            raise socketio.exceptions.ConnectionRefusedError("invalid token")
        entered = sio.enter_room(sid, room, namespace=namespace)
        if entered is not None:
            await entered

    async def event(name, sid, data):
        now = datetime.datetime.now(datetime.timezone.utc).isoformat()
        await sio.emit("echo_" + name, {**data, "echoed_at": now, "original_sender": sid}, room=room, namespace=namespace)
        return {"status": "ok"}

    sio.on("connect", connect, namespace=namespace)
    sio.on("*", event, namespace=namespace)


async def started(app):
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()


for each in NAMESPACES:
    attach(each)
app = web.Application()
sio.attach(app)
app.on_startup.append(started)


async def main():
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print("READY http://127.0.0.1:%d" % site._server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
