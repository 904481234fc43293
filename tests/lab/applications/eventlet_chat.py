"""A chat with nicknames (eventlet): nobody speaks or hears before the server has welcomed them."""
import lab
import eventlet

eventlet.monkey_patch()

import eventlet.wsgi
import socketio

o = lab.options(strangers="ignored", welcome="yes")
sio = socketio.Server(async_mode="eventlet", cors_allowed_origins="*")


@sio.event
def connect(sid, environ, auth):
    if o.strangers == "disconnected":
        sio.start_background_task(expect_nickname, sid)


def expect_nickname(sid):
    sio.sleep(1)
    if "name" not in sio.get_session(sid):
        sio.disconnect(sid)


@sio.event
def login(sid, name):
    if o.welcome == "yes":
        sio.save_session(sid, {"name": name})
        sio.enter_room(sid, "members")
        sio.emit("welcome", {"name": name}, to=sid)


@sio.event
def say(sid, text):
    name = sio.get_session(sid).get("name")
    if name:
        sio.emit("said", {"name": name, "text": text}, to="members")


eventlet.wsgi.server(eventlet.listen(("127.0.0.1", lab.port())), socketio.WSGIApp(sio), log_output=False)
