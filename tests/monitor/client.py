"""usage: client.py URL TRANSPORT: a python-socketio client joins /hook, sends what a test expects, says what came back."""
import asyncio
import json
import sys

import socketio


async def main(url, transport):
    client, received = socketio.AsyncClient(), []

    @client.on("*", namespace="/hook")
    def echoed(event, data, *more):
        if data.get("from") == "python":
            received.append(data["n"])

    stranger = socketio.AsyncClient(reconnection=False)
    try:
        await stranger.connect(url, namespaces=["/nowhere"], auth={"token": "dev-token"}, transports=[transport])
        sys.exit("let into a namespace that does not exist")
    except socketio.exceptions.ConnectionError:
        await stranger.disconnect()
    await client.connect(url, namespaces=["/hook"], auth={"token": "dev-token"}, transports=[transport])
    for n in range(20):
        await client.emit("user_prompt", {"n": n, "from": "python"}, namespace="/hook")
    await client.emit("never_heard_of", ({"n": 20, "from": "python"}, "second"), namespace="/hook")
    await client.call("shot", {"n": 21, "from": "python", "bytes": b"\x00\x01\xff\x03"}, namespace="/hook")
    print("RESULT " + json.dumps(received), flush=True)
    await client.disconnect()


asyncio.run(main(sys.argv[1], sys.argv[2]))
