"""Clients of python-socketio, as clients.js has them: they connect, say what they say, and tell what they received."""
import asyncio
import json
import sys

import socketio

url, described = sys.argv[1:3]
plan = {"count": 2, "namespace": "/", "auth": None, "setup": [], "emit": [], "times": 10, "transports": None, **json.loads(described)}


async def main():
    received = 0
    clients = []

    async def count(event, *args):
        nonlocal received
        received += 1

    for _ in range(plan["count"]):
        client = socketio.AsyncClient(reconnection=False)
        client.on("*", count, namespace=plan["namespace"])
        await client.connect(url, namespaces=[plan["namespace"]], auth=plan["auth"], transports=plan["transports"])
        clients.append(client)
    for client in clients:
        for event, *args in plan["setup"]:
            await client.emit(event, tuple(args), namespace=plan["namespace"])
    await asyncio.sleep(0.3)
    for i in range(plan["times"]):
        for event, *args in plan["emit"]:
            text = json.loads(json.dumps(args).replace("{n}", f"python-{i}"))
            await clients[i % len(clients)].emit(event, tuple(text), namespace=plan["namespace"])
        await asyncio.sleep(0.02)
    await asyncio.sleep(0.5)
    print("DONE " + json.dumps({"received": received}), flush=True)
    for client in clients:
        await client.disconnect()


asyncio.run(main())
