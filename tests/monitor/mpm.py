"""usage: mpm.py URL: a claude-mpm hook of 2025: its event over a socket, what comes back to it, then the end."""
import asyncio
import json
import sys

import socketio


async def main(url):
    client, received = socketio.AsyncClient(reconnection=False), []
    client.on("*", lambda event, data: received.append(event))
    await client.connect(url, namespaces=["/"])
    answer = await client.call("claude_event", {"type": "hook", "subtype": "last", "data": {"from": "python"}})
    print("RESULT " + json.dumps([answer, received]), flush=True)
    await client.disconnect()


asyncio.run(main(sys.argv[1]))
