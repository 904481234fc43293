"""Live comments (FastAPI, python-socketio, uvicorn): a JWT in the query; who has none is rejected without a word."""
from urllib.parse import parse_qs

import jwt
import socketio
import uvicorn
from fastapi import FastAPI

import lab

o = lab.options(secret="kept", check="yes", event="comment")
SECRET = "key of the comments"
sio = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins="*")


@sio.event
async def connect(sid, environ):
    token = parse_qs(environ["QUERY_STRING"]).get("token", [""])[0]
    try:
        jwt.decode(token, SECRET if o.secret == "kept" else o.secret, algorithms=["HS256"])
    except jwt.InvalidTokenError:
        return o.check != "yes"


@sio.on("comment")
async def comment(sid, article, text):
    await sio.emit(o.event, (article, text), skip_sid=sid)


uvicorn.run(socketio.ASGIApp(sio, FastAPI()), port=lab.port(token=jwt.encode({"sub": "alice"}, SECRET)), log_level="warning")
