"""Rooms for those who have logged in (Flask-SocketIO, eventlet): the login is Flask's session cookie."""
import lab
import eventlet

eventlet.monkey_patch()

from flask import Flask, redirect, request, session
from flask_socketio import SocketIO, emit, join_room

o = lab.options(secret="kept", joins="room")
SECRET = "key of the rooms"
app = Flask(__name__)
app.config["SECRET_KEY"] = SECRET if o.secret == "kept" else o.secret
socketio = SocketIO(app, async_mode="eventlet", cors_allowed_origins="*")


@app.post("/login")
def login():
    session["user"] = request.form["user"]
    return redirect("/")


@socketio.on("connect")
def connect(auth):
    if "user" not in session:
        return False


@socketio.on("join")
def join(data):
    join_room(data["room"] if o.joins == "room" else data["room"].title())
    emit("status", {"text": f"{session['user']} has entered"})


@socketio.on("text")
def text(data):
    emit("message", {"user": session["user"], "text": data["text"]}, to=data["room"])


def cookie_of(user):
    """As Flask signs it, with the key that the rooms have, or had."""
    before = Flask(__name__)
    before.config["SECRET_KEY"] = SECRET
    return before.session_interface.get_signing_serializer(before).dumps({"user": user})


socketio.run(app, port=lab.port(session=cookie_of("alice")))
