// A WebSocket server that knows nothing of Engine.IO.
const http = require("http");
const { WebSocketServer } = require("ws");
const { options, serve } = require("./program");

const o = options({ greeting: "", http: "426", echo: "yes", path: "" });
const web = http.createServer((request, response) => response.writeHead(Number(o.http), { "content-type": "text/plain" })
  .end(http.STATUS_CODES[o.http]));
const sockets = new WebSocketServer({ server: web, path: o.path || undefined });
sockets.on("connection", (socket) => {
  if (o.greeting) socket.send(o.greeting);
  socket.on("message", (data) => o.echo === "yes" && socket.send(data.toString()));
});
serve(web);
