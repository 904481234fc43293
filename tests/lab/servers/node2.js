// A Socket.IO 2 server: Engine.IO 3 on the wire.
const http = require("http");
const { options, list, serve } = require("./program");
const echo = require("./echo");

const o = options({
  path: "/socket.io", namespaces: echo.NAMESPACES, transports: "polling,websocket", relay: "none", room: "join", ack: "yes",
  deaf: "", throws: "no", where: "",
});
const web = http.createServer((request, response) => response.writeHead(404).end());
const io = require("socket.io-2")(web, { path: o.path, transports: list(o.transports) });

echo.onEvery = (socket, listener) => socket.use(([name, ...rest], next) => {
  const ack = typeof rest[rest.length - 1] === "function" ? rest.pop() : null;
  listener(name, rest[0], ack);
  next();
});

for (const name of list(o.namespaces)) {
  const namespace = io.of(name);
  namespace.on("connection", (socket) => echo.attach(io, namespace, socket, o));
}
serve(web);
