"""A server in the shape of today's claude-mpm: only "/", no authentication; prints its port. Argument: "deaf" or "http-only" for a
fault of its socket intake, "socket-only" for a server without the HTTP intake.

Its connect handler takes two arguments, so a client that sends an auth object is never answered.
"""
import socket
import sys

import socketio
from aiohttp import web

FAULT = sys.argv[1]
server = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins="*")


@server.on("connect")
async def connect(sid, environ):
    await server.emit("dashboard:welcome", {"session_id": sid}, room=sid)


@server.on("claude_event")
async def claude_event(sid, data):
    if FAULT in ("", "socket-only"):
        event = {"type": data.get("type", "hook"), "data": data.get("data", {}), "original_event": data}
        await server.emit("hook:event", event)
        await server.emit("claude_event", event)


async def health(request):
    return web.json_response({"status": "running", "service": "claude-mpm-monitor", "version": "6.5.83"})


async def events(request):
    event = await request.json()
    if FAULT != "deaf":
        await server.emit("hook_event", event["data"])
    return web.Response(status=204)


@web.middleware
async def preflight(request, handler):
    return web.Response() if request.method == "OPTIONS" else await handler(request)


async def allow(request, response):
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Headers"] = "Content-Type"


application = web.Application(middlewares=[preflight])
application.on_response_prepare.append(allow)
application.router.add_get("/health", health)
if FAULT != "socket-only":
    application.router.add_post("/api/events", events)
server.attach(application)
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
web.run_app(application, sock=listener, print=None)
