"""A server of claude-mpm's shape on python-socketio and aiohttp: only /, no authentication, hooks POST to /api/events.

shape=today (6.5), or those of 2025: monitor (4.2: no categories), server (3.2: sockets only), standalone (3.4: sockets only).
Each fault is one option: ingest=broken|missing|deaf, relay=off|renamed, handlers=late.
"""
import asyncio
import datetime
import os
import sys
import time

import socketio
from aiohttp import web

DEFAULTS = {"port": "0", "shape": "today", "ingest": "yes", "relay": "yes", "handlers": "yes", "heartbeat": "180"}
o = {**DEFAULTS, **dict(word.split("=", 1) for word in sys.argv[1:])}
assert o.keys() == DEFAULTS.keys(), f"unknown option among {sys.argv[1:]}"

CATEGORIES = {
    "hook_event": "subagent_start subagent_stop todo_updated",
    "tool_event": "pre_tool post_tool tool.start tool.end tool_use tool_result",
    "session_event": "session.started session.ended session_start session_end token_usage_updated",
    "response_event": "response.start response.end response_started response_ended",
    "agent_event": "agent.delegated agent.returned agent_start agent_end",
    "file_event": "file.read file.write file.edit file_read file_write",
    "system_event": "system_ready system_shutdown",
}
CATEGORY_OF = {name: category for category, names in CATEGORIES.items() for name in names.split()}

sio = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins="*", ping_interval=30, ping_timeout=60)
clients = set()
started = time.time()
port = 0


def now():
    return datetime.datetime.now(datetime.timezone.utc).isoformat()


async def emit(event, data, **to):
    if o["relay"] == "renamed":
        event = "dashboard:" + event
    if o["relay"] != "off":
        await sio.emit(event, data, **to)


# --- the sockets of today -----------------------------------------------------------------------------------------------

async def count_clients():
    await sio.emit("dashboard:client:count", {"count": len(clients)})


async def connect(sid, environ):  # takes no auth: python-socketio's call with one throws, and the client gets no answer
    clients.add(sid)
    await sio.emit("dashboard:welcome", {"message": "Connected", "session_id": sid,
                                         "server_info": {"service": "unified-monitor", "version": "1.0.0"}}, room=sid)
    await count_clients()


async def disconnect(sid):
    clients.discard(sid)
    await count_clients()


async def claude_event(sid, data):
    processed = {"type": data.get("type", "hook"), "subtype": data.get("subtype", "unknown"),
                 "timestamp": data.get("timestamp"), "session_id": data.get("session_id"),
                 "source": data.get("source", "claude_hooks"), "data": data.get("data", {}),
                 "metadata": data.get("metadata", {}), "processed_at": time.monotonic(), "original_event": data,
                 "correlation_id": data.get("correlation_id"), "cwd": data.get("cwd"), "event": data.get("event")}
    await emit("hook:event", processed)
    await emit("claude_event", processed)


async def ping(sid, data):
    await sio.emit("dashboard:pong", {"timestamp": data.get("timestamp"), "server_time": time.monotonic()}, room=sid)


async def heartbeats():
    number = 0
    while True:
        await asyncio.sleep(float(o["heartbeat"]))
        number += 1
        uptime = int(time.time() - started)
        await sio.emit("heartbeat", {
            "timestamp": now(), "type": "heartbeat", "server_uptime": uptime,
            "server_uptime_formatted": f"{uptime // 60}m {uptime % 60}s", "connected_clients": len(clients),
            "heartbeat_number": number, "message": f"heartbeat {number}", "service": "unified-monitor", "port": port})


# --- the sockets of 2025 ------------------------------------------------------------------------------------------------

async def greet(sid, environ, *auth):
    clients.add(sid)
    await sio.emit("status", {"server": "claude-mpm-python-socketio", "timestamp": now(), "client_id": sid,
                              "clients_connected": len(clients), "server_version": "2.0.0"}, room=sid)
    await sio.emit("welcome", {"message": "Connected", "client_id": sid, "server_time": now()}, room=sid)


async def acknowledge_connect(sid, environ, auth):
    clients.add(sid)
    await sio.emit("connection_ack", {"server_version": "1.0.0", "server_id": "lab", "timestamp": now()}, room=sid)


async def to_others(sid, data):
    await emit("claude_event", data, skip_sid=sid)


async def forget(sid):
    clients.discard(sid)


SOCKETS = {
    "today": {"connect": connect, "disconnect": disconnect, "claude_event": claude_event, "dashboard:ping": ping},
    "monitor": {"connect": connect, "disconnect": disconnect, "claude_event": claude_event},
    "server": {"connect": greet, "disconnect": forget, "claude_event": to_others},
    "standalone": {"connect": acknowledge_connect, "disconnect": forget, "claude_event": to_others},
}


# --- HTTP ---------------------------------------------------------------------------------------------------------------

def health_of_today():
    return {"status": "running", "service": "claude-mpm-monitor", "version": "6.5.83", "port": port, "pid": os.getpid(),
            "uptime": int(time.time() - started)}


def health_of_the_standalone():
    return {"status": "healthy", "server_version": "3.4.0", "server_id": "lab", "pid": os.getpid(),
            "uptime_seconds": time.time() - started, "start_time": now(), "timestamp": now(),
            "clients_connected": len(clients), "client_versions": {}, "health_stats": {"errors": 0}, "port": port,
            "host": "localhost", "dependencies": {"socketio_version": "5", "python_version": "3"}}


HEALTH = {
    "today": health_of_today,
    "monitor": lambda: {"status": "healthy", "service": "unified-monitor", "version": "1.0.0", "port": port},
    "server": lambda: {"status": "healthy", "server": "claude-mpm-python-socketio", "timestamp": now(), "port": port,
                       "host": "localhost", "clients_connected": len(clients)},
    "standalone": health_of_the_standalone,
}


async def health(request):
    return web.json_response(HEALTH[o["shape"]](), headers={"Access-Control-Allow-Origin": "*"})


async def working_directory(request):
    return web.json_response({"working_directory": "/lab", "success": True}, headers={"Access-Control-Allow-Origin": "*"})


async def ingest(request):
    if o["ingest"] == "broken":
        return web.Response(text="Error: queue is down", status=500)
    try:
        body = await request.json()
        event, data = body.get("event", "claude_event"), body.get("data", {})
        if o["shape"] == "today":
            event, data = wrapped(event, data)
        if o["ingest"] != "deaf":
            await emit(event, data)
        return web.Response(status=204)
    except Exception as e:  # whatever is wrong with a body is the hook's to hear, as the real server has it
        return web.Response(text=f"Error: {e}", status=500)


def wrapped(event, data):
    inner = data
    while isinstance(inner.get("data"), dict):
        inner = inner["data"]

    def first(*fields):
        return next((place[field] for place in (inner, data) for field in fields if place.get(field)), None)

    name = data.get("subtype") or inner.get("subtype") or data.get("type") or inner.get("type") or event
    category = CATEGORY_OF.get(name, "claude_event")
    result = {"type": category, "subtype": name, "data": inner, "session_id": first("session_id", "sessionId"),
              "timestamp": data.get("timestamp") or inner.get("timestamp") or now(), "source": first("source") or "hook"}
    for field, value in (("correlation_id", first("correlation_id")), ("cwd", first("cwd", "working_directory"))):
        if value:
            result[field] = value
    return category, result


def register():
    for event, handler in SOCKETS[o["shape"]].items():
        sio.on(event, handler)


async def main():
    global port
    if o["handlers"] == "late":
        asyncio.get_running_loop().call_later(60, register)
    else:
        register()
    app = web.Application()
    sio.attach(app)
    app.router.add_get("/health", health)
    app.router.add_get("/api/working-directory", working_directory)
    if o["ingest"] != "missing" and o["shape"] in ("today", "monitor"):
        app.router.add_post("/api/events", ingest)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", int(o["port"]))
    await site.start()
    port = site._server.sockets[0].getsockname()[1]
    print(f"READY http://127.0.0.1:{port}", flush=True)
    beating = asyncio.ensure_future(heartbeats())
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)  # ends with its parent
    beating.cancel()
    os._exit(0)


asyncio.run(main())
