"""A board game (aiohttp): who does anything but join first, or sends what the game does not know, is disconnected."""
import socketio
from aiohttp import web

import lab

o = lab.options(moves="", joins="yes")
sio = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins="*")
app = web.Application()
sio.attach(app)
players = {}
moves = 0


@sio.event
async def join(sid, name):
    players[sid] = name
    if o.joins == "yes":
        sio.enter_room(sid, "table")
    return {"color": "white" if len(players) % 2 else "black"}


@sio.event
async def move(sid, data):
    global moves
    moves += 1
    if sid not in players or str(moves) == o.moves:
        await sio.disconnect(sid)
        return
    await sio.emit("moved", {"player": players[sid], **data}, room="table")


@sio.on("*")
async def unknown(event, sid, *args):
    await sio.disconnect(sid)


@sio.event
async def disconnect(sid):
    players.pop(sid, None)


web.run_app(app, host="127.0.0.1", port=lab.port(), print=None)
