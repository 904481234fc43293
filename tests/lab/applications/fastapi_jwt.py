"""A team's messages (FastAPI, python-socketio, uvicorn): a JWT in the auth object says who it is."""
import time

import jwt
import socketio
import uvicorn
from fastapi import FastAPI

import lab

o = lab.options(secret="kept", audience="team", verify="yes", arguments="three", relays="yes")
SECRET = "key of the team"
sio = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins="*")
api = FastAPI()


@api.get("/status")
def status():
    return {"status": "up"}


async def connect(sid, environ, auth):
    token = (auth or {}).get("token")
    if not token:
        raise socketio.exceptions.ConnectionRefusedError("missing token")
    try:
        claims = jwt.decode(token, SECRET if o.secret == "kept" else o.secret, algorithms=["HS256"], audience=o.audience,
                            options={"verify_signature": o.verify == "yes"})
    except jwt.InvalidTokenError as error:
        raise socketio.exceptions.ConnectionRefusedError(f"invalid token: {error}")
    await sio.save_session(sid, {"user": claims["sub"]})


async def connect_without_auth(sid, environ):
    await sio.save_session(sid, {"user": "guest"})


sio.on("connect", connect if o.arguments == "three" else connect_without_auth)


@sio.event
async def post(sid, data):
    user = (await sio.get_session(sid))["user"]
    posted = sio.emit("posted", {"user": user, **data})
    if o.relays == "yes":
        await posted
    return {"ok": True}


def token(expires_in):
    return jwt.encode({"sub": "alice", "aud": "team", "exp": int(time.time()) + expires_in}, SECRET)


uvicorn.run(socketio.ASGIApp(sio, api), port=lab.port(token=token(3600), expired=token(-3600)), log_level="warning")
