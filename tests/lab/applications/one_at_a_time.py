"""A queue of print jobs (aiohttp, async_handlers=False): one event after the other, each acknowledged when it is done."""
import asyncio

import socketio
from aiohttp import web

import lab

o = lab.options(seconds="0.05", printed="printed")
sio = socketio.AsyncServer(async_mode="aiohttp", async_handlers=False, cors_allowed_origins="*")
app = web.Application()
sio.attach(app)
pages = 0


@sio.on("print")
async def print_job(sid, job):
    global pages
    await asyncio.sleep(float(o.seconds))
    pages += job["pages"]
    await sio.emit(o.printed, {**job, "total": pages})
    return pages


web.run_app(app, host="127.0.0.1", port=lab.port(), print=None)
