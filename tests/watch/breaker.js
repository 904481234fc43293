// In front of servers: a proxy at one address that breaks in many ways, as it is told on standard input ("mode wrong").
// Each change ends every connection, as the reload of a proxy does.
const net = require("net");
const readline = require("readline");

const [port, ...upstreams] = process.argv.slice(2);
const UPSTREAMS = Object.fromEntries(upstreams.map((pair) => pair.split("=")));
const sockets = new Set();
let mode = "good";
let server = null;

const answer = (status, body = "", headers = "") =>
  `HTTP/1.1 ${status}\r\nContent-Type: text/html\r\nContent-Length: ${body.length}\r\nConnection: close\r\n${headers}\r\n${body}`;

/** Modes that answer every request; what is not here is passed on. */
const ANSWERS = {
  "bad-gateway": () => answer("502 Bad Gateway", "<html>down</html>"),
  "not-found": () => answer("404 Not Found", "<html>no such page</html>"),
  page: () => answer("200 OK", "<!doctype html><title>app</title>"),
  redirect: () => answer("302 Found", "", "Location: https://login.example.test/\r\n"),
  forbidden: () => answer("403 Forbidden", "<html>no</html>"),
  "no-upgrade": (head) => (/\r\nupgrade: *websocket/i.test(head) ? answer("400 Bad Request", "no") : null),
  "lost-sessions": (head) => (/[?&]sid=/.test(head) || /transport=websocket/.test(head)
    ? answer("400 Bad Request", '{"code":1,"message":"Session ID unknown"}') : null),
};

function connected(client) {
  sockets.add(client);
  client.on("close", () => sockets.delete(client));
  client.on("error", () => {});
  if (mode === "reset") return client.resetAndDestroy();
  if (mode === "silent") return undefined;
  if (mode === "not-http") return client.end("SSH-2.0-OpenSSH_9.2\r\n");
  return client.once("data", (first) => {
    const reply = ANSWERS[mode] && ANSWERS[mode](first.toString("latin1"));
    if (reply) return client.end(reply);
    const to = new URL(UPSTREAMS[mode] || UPSTREAMS.good);
    const upstream = net.connect(Number(to.port), to.hostname);
    sockets.add(upstream);
    upstream.on("close", () => {
      sockets.delete(upstream);
      client.destroy();
    });
    upstream.on("error", () => {});
    client.on("close", () => upstream.destroy());
    upstream.write(first);
    upstream.pipe(client);
    return client.pipe(upstream);
  });
}

function listen(then) {
  server = net.createServer(connected);
  server.on("error", () => setTimeout(() => listen(then), 50));
  server.listen(Number(port), "127.0.0.1", then);
}

function change(next) {
  mode = next;
  for (const socket of sockets) socket.destroy();
  const told = () => console.log(`MODE ${mode}`);
  if (mode === "refuse") {
    server.close(told);
    server = null;
  } else if (server) {
    told();
  } else {
    listen(told);
  }
}

readline.createInterface({ input: process.stdin }).on("line", (line) => change(line.replace("mode ", "").trim())).on("close", () => process.exit());
listen(() => console.log(`READY http://127.0.0.1:${port}`));
