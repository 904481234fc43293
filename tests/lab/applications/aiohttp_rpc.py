"""A calculator (aiohttp): requests that are answered by what their handlers return, and by nothing else."""
import socketio
from aiohttp import web

import lab

o = lab.options(broken="no", renamed="no", wrong="no")
sio = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins="*")
app = web.Application()
sio.attach(app)


@sio.on("plus" if o.renamed == "yes" else "add")
async def add(sid, a, b):
    if o.broken == "yes":
        raise OverflowError("too many digits")
    return {"error": "not a number"} if o.wrong == "yes" else {"sum": a + b}


@sio.event
async def describe(sid):
    return "calculator", ["add"]


web.run_app(app, host="127.0.0.1", port=lab.port(), print=None)
