"""Presence (aiohttp, always_connect): clients are connected at once, and disconnected where their ticket is wrong."""
import socketio
from aiohttp import web

import lab

o = lab.options(tickets="kept", check="yes")
TICKETS = {"ticket-of-alice"} if o.tickets == "kept" else set()
sio = socketio.AsyncServer(async_mode="aiohttp", always_connect=True, cors_allowed_origins="*")
app = web.Application()
sio.attach(app)


@sio.event
async def connect(sid, environ, auth=None):
    if o.check == "yes" and (auth or {}).get("ticket") not in TICKETS:
        raise socketio.exceptions.ConnectionRefusedError("this ticket is not valid")


@sio.event
async def presence(sid, state):
    await sio.emit("presence", {"who": sid, "state": state}, skip_sid=sid)
    return True


web.run_app(app, host="127.0.0.1", port=lab.port(ticket="ticket-of-alice"), print=None)
