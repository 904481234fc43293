"""Orders of a shop (Django and python-socketio under Daphne): Django's session says whose."""
from http.cookies import SimpleCookie

import django
import socketio
from daphne.endpoints import build_endpoint_description_strings
from daphne.server import Server
from django.conf import settings
from django.core import signing
from django.core.asgi import get_asgi_application
from django.http import HttpResponse
from django.urls import path

import lab

o = lab.options(secret="kept", namespace="/")
SECRET = "key of the shop"
settings.configure(
    SECRET_KEY=SECRET if o.secret == "kept" else o.secret, ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware"],
)
django.setup()

from django.contrib.sessions.backends.signed_cookies import SessionStore

sio = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins="*")


def login(request):
    request.session["user"] = "alice"
    return HttpResponse("welcome")


urlpatterns = [path("login", login)]


@sio.on("connect", namespace="/kitchen")
@sio.on("connect")
async def connect(sid, environ):
    cookies = SimpleCookie(environ.get("HTTP_COOKIE", ""))
    key = cookies[settings.SESSION_COOKIE_NAME].value if settings.SESSION_COOKIE_NAME in cookies else None
    if "user" not in SessionStore(key):
        raise socketio.exceptions.ConnectionRefusedError("not logged in")


@sio.event
async def order(sid, data):
    await sio.emit("ordered", data, namespace=o.namespace)
    return "accepted"


def cookie_of(user):
    """As Django signs it, with the key that the shop has, or had."""
    return signing.dumps({"user": user}, key=SECRET, salt=settings.SESSION_ENGINE, serializer=SessionStore().serializer)


Server(application=socketio.ASGIApp(sio, get_asgi_application()),
       endpoints=build_endpoint_description_strings(host="127.0.0.1", port=lab.port(session=cookie_of("alice")))).run()
