"""A shared list of tasks (aiohttp); what it does not know it answers to the sender, with what was sent."""
import socketio
from aiohttp import web

import lab

o = lab.options(adds="task:add")
sio = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins="*")
app = web.Application()
sio.attach(app)
tasks = []


@sio.on(o.adds)
async def add(sid, title):
    tasks.append(title)
    await sio.emit("task:added", {"number": len(tasks), "title": title})


@sio.on("*")
async def unknown(event, sid, *args):
    await sio.emit("unknown_event", {"event": event, "args": args}, to=sid)


web.run_app(app, host="127.0.0.1", port=lab.port(), print=None)
