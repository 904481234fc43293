"""Alerts for machines (uvicorn): each request carries an API key as a header."""
import socketio
import uvicorn

import lab

o = lab.options(keys="kept", check="yes", delay="0")
KEYS = {"machine-7f3a9c", "machine-b2d481"} if o.keys == "kept" else set()
sio = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins="*")


@sio.event
async def connect(sid, environ):
    if o.check == "yes" and environ.get("HTTP_X_API_KEY") not in KEYS:
        raise socketio.exceptions.ConnectionRefusedError("invalid API key", {"code": "E_API_KEY"})


@sio.event
async def alert(sid, level, text):
    await sio.sleep(float(o.delay))
    await sio.emit("alert", (level, text))


uvicorn.run(socketio.ASGIApp(sio), port=lab.port(key="machine-7f3a9c"), log_level="warning")
