"""The echo flow on python-socketio in threads: every open WebSocket and every waiting poll holds one of gunicorn's."""
import socketio

sio = socketio.Server(async_mode="threading", cors_allowed_origins="*")
application = socketio.WSGIApp(sio)


def serve(namespace):
    room = f"{namespace[1:]}_room"

    def connect(sid, environ, auth=None):
        if (auth or {}).get("token") != "dev-token":
            raise socketio.exceptions.ConnectionRefusedError("invalid token")
        sio.enter_room(sid, room, namespace=namespace)

    def event(name, sid, data=None):
        sio.emit(f"echo_{name}", {**(data or {}), "echoed_at": "now", "original_sender": sid}, room=room, namespace=namespace)
        return {"status": "ok"}

    sio.on("connect", connect, namespace=namespace)
    for name in ("user_prompt", "pre_tool", "post_tool", "diagnostic_ping", "echo_test", "test_event"):
        sio.on(name, lambda sid, data=None, name=name: event(name, sid, data), namespace=namespace)


for each in ("/hook", "/system"):
    serve(each)
