"""A chat under gevent's WSGI server; WebSocket is the handler class of gevent-websocket."""
import lab
from gevent import monkey

monkey.patch_all()

import socketio
from gevent.pywsgi import WSGIHandler, WSGIServer
from geventwebsocket.handler import WebSocketHandler

o = lab.options(handler="websocket", copies="1")
sio = socketio.Server(async_mode="gevent", cors_allowed_origins="*")


@sio.event
def say(sid, text):
    for _ in range(int(o.copies)):
        sio.emit("said", {"from": sid, "text": text})


handler = WebSocketHandler if o.handler == "websocket" else WSGIHandler
WSGIServer(("127.0.0.1", lab.port()), socketio.WSGIApp(sio), handler_class=handler, log=None).serve_forever()
