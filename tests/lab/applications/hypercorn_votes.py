"""Votes (Starlette and python-socketio under Hypercorn): each vote changes the figures on all screens."""
import asyncio

import socketio
from hypercorn.asyncio import serve
from hypercorn.config import Config
from starlette.applications import Starlette

import lab

o = lab.options(payload="1000000", result="voted")
sio = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins="*", max_http_buffer_size=int(o.payload))
votes = {}


@sio.event
async def connect(sid, environ, auth):
    await sio.emit("votes", votes, to=sid)


@sio.event
async def vote(sid, choice):
    votes[choice] = votes.get(choice, 0) + 1
    await sio.emit(o.result, {"choice": choice, "votes": votes[choice]})


config = Config()
config.bind = [f"127.0.0.1:{lab.port()}"]
config.accesslog = config.errorlog = None
asyncio.run(serve(socketio.ASGIApp(sio, Starlette()), config))
