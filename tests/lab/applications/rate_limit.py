"""A chat behind a limit of requests for each address (aiohttp): 429 with Retry-After beyond it."""
import time

import socketio
from aiohttp import web

import lab

o = lab.options(requests="3000", seconds="60", says="429")
sio = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins="*")
seen = {}


@web.middleware
async def limit(request, handler):
    now, window = time.monotonic(), float(o.seconds)
    recent = [at for at in seen.get(request.remote, []) if now - at < window]
    seen[request.remote] = [*recent, now]
    if len(recent) < int(o.requests):
        return await handler(request)
    return web.json_response({"error": "Too many requests"}, status=int(o.says), headers={"Retry-After": o.seconds})


app = web.Application(middlewares=[limit])
sio.attach(app)


@sio.event
async def message(sid, text):
    await sio.emit("message", text)


web.run_app(app, host="127.0.0.1", port=lab.port(), print=None)
