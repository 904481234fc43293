"""A chat for everybody (Flask-SocketIO, Werkzeug's threads): what one says, all receive."""
from flask import Flask
from flask_socketio import SocketIO, send

import lab

o = lab.options(to="all")
app = Flask(__name__)
socketio = SocketIO(app, async_mode="threading")


@app.get("/")
def index():
    return "<title>chat</title>"


@socketio.on("message")
def message(text):
    send(text, broadcast=o.to == "all")


socketio.run(app, port=lab.port(), allow_unsafe_werkzeug=True)
