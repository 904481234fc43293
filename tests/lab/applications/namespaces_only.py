"""A help desk (class-based namespaces, uvicorn): /desk and /staff, and no default namespace."""
import socketio
import uvicorn

import lab

o = lab.options(desk="/desk", connect="answers")
sio = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins="*", namespaces=[o.desk, "/staff"])


class Desk(socketio.AsyncNamespace):
    async def on_connect(self, sid, environ, auth=None):
        if o.connect == "throws":
            raise KeyError("settings")
        self.enter_room(sid, "open tickets")

    async def on_ticket(self, sid, ticket):
        await self.emit("ticket_opened", ticket, room="open tickets")
        return {"number": 1}


class Staff(socketio.AsyncNamespace):
    async def on_close_ticket(self, sid, number):
        return {"closed": number}


sio.register_namespace(Desk(o.desk))
sio.register_namespace(Staff("/staff"))
uvicorn.run(socketio.ASGIApp(sio), port=lab.port(), log_level="warning")
