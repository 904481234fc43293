"""Quotes of a stock exchange (aiohttp), packed with MessagePack."""
import socketio
from aiohttp import web

import lab

o = lab.options(copies="1", to="all")
sio = socketio.AsyncServer(async_mode="aiohttp", serializer="msgpack", cors_allowed_origins="*")
app = web.Application()
sio.attach(app)


@sio.event
async def quote(sid, symbol, price):
    for _ in range(int(o.copies)):
        await sio.emit("quoted", {"symbol": symbol, "price": price}, to=sid if o.to == "sender" else None)


web.run_app(app, host="127.0.0.1", port=lab.port(), print=None)
