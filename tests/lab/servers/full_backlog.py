"""A port whose queue of connections is full: further attempts get no answer, as behind a firewall that drops them."""
import socket
import sys

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen(0)
waiting = []
for _ in range(8):
    client = socket.socket()
    client.setblocking(False)
    client.connect_ex(listener.getsockname())
    waiting.append(client)
print(f"READY http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
sys.stdin.read()
