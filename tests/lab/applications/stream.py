"""Readings of sensors (aiohttp): sensors POST them, watchers only listen; a task tells the time meanwhile."""
import asyncio
import time
from itertools import count

import socketio
from aiohttp import web

import lab

o = lab.options(intake="works", clock="async")
sio = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins="*")
app = web.Application()
sio.attach(app)
routes = web.RouteTableDef()


@routes.post("/readings")
async def readings(request):
    reading = await request.json()
    if o.intake == "broken":
        raise KeyError("database")
    if o.intake != "forgets":
        await sio.emit("reading", reading)
    return web.json_response({"stored": True}, status=201)


async def tell_time():
    for tick in count():
        await sio.emit("time", time.time())
        if o.clock == "blocking" and tick % 5 == 4:
            time.sleep(1.5)  # the figures of the last second are written to a file
        await asyncio.sleep(0.2)


async def start(app):
    sio.start_background_task(tell_time)


app.add_routes(routes)
app.on_startup.append(start)
web.run_app(app, host="127.0.0.1", port=lab.port(), print=None)
