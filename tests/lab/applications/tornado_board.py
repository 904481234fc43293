"""A whiteboard (Tornado): the strokes of one appear on the boards of all others."""
import asyncio

import socketio
import tornado.web

import lab

o = lab.options(every="1", transports="polling,websocket")
sio = socketio.AsyncServer(async_mode="tornado", cors_allowed_origins="*", transports=o.transports.split(","))
strokes = 0


@sio.event
async def drawing(sid, x0, y0, x1, y1, color):
    global strokes
    strokes += 1
    if strokes % int(o.every) == 0:
        await sio.emit("drawing", (x0, y0, x1, y1, color), skip_sid=sid)


async def main():
    app = tornado.web.Application([(r"/socket.io/", socketio.get_tornado_handler(sio))])
    app.listen(lab.port(), "127.0.0.1")
    await asyncio.Event().wait()


asyncio.run(main())
