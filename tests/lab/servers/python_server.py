"""A python-socketio server (aiohttp, or ASGI under uvicorn) with the echo flow; each fault is one option."""
import asyncio
import datetime
import os
import ssl
import sys
import threading
import time

import socketio

DEFAULTS = {
    "web": "aiohttp", "host": "127.0.0.1", "port": "0", "path": "socket.io", "auth": "token", "token": "dev-token", "open": "", "silent": "",
    "namespaces": "/system,/session,/claude,/agent,/hook,/todo,/memory,/log", "transports": "polling,websocket",
    "relay": "none", "room": "join", "deaf": "", "throws": "no", "interval": "25", "patience": "20",
    "drop": "", "payload": "1000000", "origins": "*", "flow": "echo", "ingest": "missing", "pem": "",
    "again": "yes", "blocked": "0", "busy": "0", "silent_to_wrong": "no", "one_at_a_time": "no", "redis": "", "most": "0", "single": "no",
    "serializer": "default", "ca": "", "ws": "wsproto", "upgrade": "soon",
    "login": "0", "event": "login", "words": "yes",
}
o = {**DEFAULTS, **dict(word.split("=", 1) for word in sys.argv[1:])}
assert o.keys() == DEFAULTS.keys(), f"unknown option among {sys.argv[1:]}"

ORIGINS = {"*": "*", "own": None}  # own: only a page of the server's own

transports = o["transports"].split(",")
sio = socketio.AsyncServer(
    async_mode="asgi" if o["web"] == "uvicorn" else "aiohttp",
    cors_allowed_origins=ORIGINS.get(o["origins"], o["origins"].split(",")),
    ping_interval=float(o["interval"]), ping_timeout=float(o["patience"]), max_http_buffer_size=int(o["payload"]),
    serializer=o["serializer"], transports=transports, always_connect=o["auth"] == "always", async_handlers=o["one_at_a_time"] != "yes",
    client_manager=socketio.AsyncRedisManager(o["redis"].replace("http:", "redis:")) if o["redis"] else None,
)
number = 0
seen = set()
latest = {}
logged_in = set()


def names(option):
    return [name for name in o[option].split(",") if name]


def connect_handler(namespace):
    async def on_connect(sid, environ, auth=None):
        given = (auth or {}).get("token")
        if namespace in names("silent"):
            raise RuntimeError("connect handler failed on purpose")
        if o["auth"] == "blocks":
            time.sleep(2)  # on purpose: a blocking call in an async handler
        if o["auth"] == "hangs":
            await asyncio.Event().wait()
        if o["auth"] == "maintenance":
            raise socketio.exceptions.ConnectionRefusedError("Server is in maintenance mode, please try again later")
        let_in = o["auth"] == "open" or namespace in names("open") or given == o["token"]
        if o["auth"] == "optional" and given is None:
            let_in = True
        await asyncio.sleep(float(o["busy"]))
        if not let_in and o["silent_to_wrong"] == "yes":
            raise ConnectionRefusedError("the builtin one, which is not socketio.exceptions'")
        if not let_in and o["auth"] == "false":
            return False
        if not let_in:
            raise socketio.exceptions.ConnectionRefusedError("Authentication failed: " + ("invalid token" if given else "no token"))
        if o["single"] == "refused" and namespace in latest:
            raise socketio.exceptions.ConnectionRefusedError("already connected")
        if o["single"] == "yes" and namespace in latest:
            await sio.disconnect(latest[namespace], namespace)
        latest[namespace] = sid
        if o["again"] != "yes" and namespace in seen:
            return False
        seen.add(namespace)
        if o["room"] == "join":
            await join(sid, room_of(namespace), namespace)
        if o["login"] not in ("0", "never"):
            asyncio.ensure_future(expect_login(sid, namespace))
        if o["drop"].endswith("ms"):
            asyncio.get_event_loop().call_later(int(o["drop"][:-2]) / 1000, lambda: asyncio.ensure_future(sio.disconnect(sid, namespace)))
        return None
    return on_connect


def disconnect_handler(namespace):
    async def on_disconnect(sid, *reason):
        if latest.get(namespace) == sid:
            del latest[namespace]
    return on_disconnect


async def expect_login(sid, namespace):
    """login=N: who has not sent event=... with the token in N seconds is disconnected; before it, nobody is served."""
    await asyncio.sleep(float(o["login"]))
    if sid not in logged_in:
        if o["words"] == "yes":
            await sio.emit("unauthorized", {"message": "no login in time"}, to=sid, namespace=namespace)
        await sio.disconnect(sid, namespace)


async def log_in(sid, data, namespace):
    if not isinstance(data, dict) or data.get("token") != o["token"]:
        await sio.emit("unauthorized", {"message": "invalid token"}, to=sid, namespace=namespace)
        return {"status": "refused"}
    logged_in.add(sid)
    await sio.emit("logged_in", {}, to=sid, namespace=namespace)
    return {"status": "ok"}


async def join(sid, room, namespace):
    entered = sio.enter_room(sid, room, namespace=namespace)
    if asyncio.iscoroutine(entered):
        await entered


def room_of(namespace):
    return f"{namespace[1:] or 'default'}_room"


def event_handler(namespace):
    async def on_event(event, sid, data=None):
        global number
        if o["login"] != "0" and event == o["event"]:
            return await log_in(sid, data, namespace)
        if o["login"] != "0" and sid not in logged_in:
            await asyncio.Event().wait()  # not served
        if event == "join_room":
            if o["room"] == "request":
                await join(sid, data if isinstance(data, str) else data["room"], namespace)
            return {"status": "ok"}
        if o["throws"] == "exit":
            os._exit(1)  # what a fault in a C extension, or the out-of-memory killer, does to a worker
        if o["throws"] == "block" and number == 2:
            time.sleep(3)
        if o["throws"] == "yes":
            raise RuntimeError("handler failed on purpose")
        if event in names("deaf") or o["deaf"] == "all":
            await asyncio.Event().wait()  # python acknowledges whatever returns
        await asyncio.sleep(float(o["busy"]))
        number += 1
        if o["drop"] and not o["drop"].endswith("ms") and number >= int(o["drop"]):
            await sio.disconnect(sid, namespace)
            return None
        await relay(event, sid, data, namespace, number)
        return {"status": "ok", "event": event}
    return on_event


async def relay(event, sid, data, namespace, nth):
    room = room_of(namespace)
    echo = {**(data or {}), "echoed_at": datetime.datetime.now().isoformat(), "original_sender": sid}
    kind = o["relay"]
    if kind == "off" or (kind == "lost" and nth % 5 == 3):
        return
    if kind == "sender":
        await sio.emit(f"echo_{event}", echo, to=sid, namespace=namespace)
    elif kind == "others":
        await sio.emit(f"echo_{event}", echo, room=room, skip_sid=sid, namespace=namespace)
    elif kind == "elsewhere":
        await sio.emit(f"echo_{event}", echo, namespace="/log")
    elif kind == "renamed":
        await sio.emit(f"relayed_{event}", echo, room=room, namespace=namespace)
    elif kind == "altered":
        await sio.emit(f"echo_{event}", {**echo, "prompt": "changed", "tool": None}, room=room, namespace=namespace)
    elif kind in ("slow", "reordered"):
        asyncio.ensure_future(later(1.5 if kind == "slow" else 0.06 * (nth % 2), f"echo_{event}", echo, room, namespace))
    else:
        for _ in range(2 if kind == "twice" else 1):
            await sio.emit(f"echo_{event}", echo, room=room, namespace=namespace)


async def later(seconds, event, data, room, namespace):
    await asyncio.sleep(seconds)
    await sio.emit(event, data, room=room, namespace=namespace)


def claude_mpm():
    """The 2025 server: only / exists, every token is let in, claude_event goes to all other clients."""
    @sio.event
    async def connect(sid, environ, *auth):
        await sio.emit("status", {"server": "claude-mpm", "status": "running"}, room=sid)

    @sio.event
    async def claude_event(sid, data):
        if o["relay"] != "off":
            await sio.emit("claude_event", data, skip_sid=sid)


async def ingest(request):
    from aiohttp import web
    if o["ingest"] == "broken":
        return web.json_response({"error": "queue is down"}, status=500)
    event = await request.json()
    if o["relay"] != "off":
        await sio.emit("claude_event" if o["ingest"] == "yes" else o["ingest"], event)
    return web.Response(status=204)


def upgrade_late():
    """No NOOP ends the poll that is open while the client upgrades: it waits for the next ping, as does the upgrade."""
    import engineio.asyncio_socket as engine

    class Socket(engine.AsyncSocket):
        def __init__(self, *args):
            super().__init__(*args)
            put = self.queue.put

            async def without_noop(packet):
                if packet is None or packet.packet_type != engine.packet.NOOP:
                    await put(packet)
            self.queue.put = without_noop
    engine.AsyncSocket = Socket
    import engineio.asyncio_server
    engineio.asyncio_server.asyncio_socket.AsyncSocket = Socket


def prepare():
    if o["upgrade"] == "late":
        upgrade_late()
    if o["flow"] == "claude-mpm":
        claude_mpm()
    else:
        for namespace in names("namespaces"):
            sio.on("connect", connect_handler(namespace), namespace=namespace)
            sio.on("disconnect", disconnect_handler(namespace), namespace=namespace)
            sio.on("*", event_handler(namespace), namespace=namespace)


def end_with_parent():
    sys.stdin.read()
    os._exit(0)


def ready(port, scheme="http"):
    print(f"READY {scheme}://127.0.0.1:{port}", flush=True)


async def serve_aiohttp():
    from aiohttp import web
    app = web.Application()
    if o["ingest"] != "missing":
        app.router.add_post("/api/events", ingest)
    sio.attach(app, socketio_path=o["path"])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    context = None
    if o["pem"]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(o["pem"])
        if o["ca"]:
            context.load_verify_locations(o["ca"])
            context.verify_mode = ssl.CERT_REQUIRED
    site = web.TCPSite(runner, o["host"], int(o["port"]), ssl_context=context, reuse_port=True)
    await site.start()
    ready(site._server.sockets[0].getsockname()[1], "https" if context else "http")
    if o["blocked"] != "0":
        asyncio.ensure_future(block())
    await asyncio.Event().wait()


async def block():
    while True:
        time.sleep(float(o["blocked"]))  # on purpose: a blocking call in an async server
        await asyncio.sleep(0.1)


def serve_uvicorn():
    import socket
    import uvicorn
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((o["host"], int(o["port"])))
    listener.listen(128)
    ready(listener.getsockname()[1])
    app = socketio.ASGIApp(sio, socketio_path=o["path"])
    config = uvicorn.Config(app, log_level="critical", ws=o["ws"], loop="asyncio", lifespan="off",
                            limit_concurrency=int(o["most"]) or None)
    uvicorn.Server(config).run(sockets=[listener])


threading.Thread(target=end_with_parent, daemon=True).start()
prepare()
if o["web"] == "uvicorn":
    serve_uvicorn()
else:
    asyncio.run(serve_aiohttp())
