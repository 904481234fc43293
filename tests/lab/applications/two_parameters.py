"""A counter of visitors (aiohttp); its connect handler takes no auth argument, so a CONNECT with one is never answered."""
import socketio
from aiohttp import web

import lab

o = lab.options(clap="yes")
sio = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins="*")
app = web.Application()
sio.attach(app)
visitors = set()


@sio.event
async def connect(sid, environ):
    visitors.add(sid)
    await sio.emit("visitors", len(visitors))


@sio.event
async def disconnect(sid):
    visitors.discard(sid)
    await sio.emit("visitors", len(visitors))


@sio.event
async def clap(sid, whom):
    if o.clap == "yes":
        await sio.emit("clapped", whom)


web.run_app(app, host="127.0.0.1", port=lab.port(), print=None)
