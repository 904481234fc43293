// The web server below Socket.IO, and what can stand in its way there: TLS with client certificates, HTTP/2 alone, a
// limit of requests, a body parser that comes first, a second WebSocket server.
const fs = require("fs");
const http = require("http");
const http2 = require("http2");
const https = require("https");
const { WebSocketServer } = require("ws");

exports.DEFAULTS = {
  pfx: "", ca: "", tls: "", http2: "no", limit: "0", limited: "429", body: "", second: "", noop: "yes",
};

/** The server that the options ask for; without one of them a plain one. */
exports.create = (o) => {
  if (!o.pfx) return o.http2 === "only" ? http2.createServer() : http.createServer();
  const options = { pfx: fs.readFileSync(o.pfx), passphrase: "changeit" };
  if (o.ca) Object.assign(options, { ca: fs.readFileSync(o.ca), requestCert: true, rejectUnauthorized: true });
  if (o.tls) Object.assign(options, { maxVersion: o.tls });
  return o.http2 === "no" ? https.createServer(options) : http2.createSecureServer({ ...options, allowHTTP1: o.http2 === "both" });
};

let asked = 0;

/** Answers what is over the limit; the Nth request is the last that is served. */
exports.limits = (o, response) => {
  asked += 1;
  if (o.limit === "0" || asked <= Number(o.limit)) return false;
  response.writeHead(Number(o.limited), { "retry-after": "30", "content-type": "text/html" })
    .end("Too many requests, please try again later.");
  return true;
};

/** body=eaten: what a body parser in front does, which reads the request to its end and then hands it on. */
exports.readFirst = (o, request, then) => {
  if (o.body !== "eaten" || request.method !== "POST") return then();
  request.resume();
  return request.on("end", then);
};

/** second=path refuses all but its own path, on a connection that is another's already; second=open takes every upgrade. */
exports.attachSecond = (o, web) => {
  if (!o.second) return;
  if (o.second === "routed") return routeSecond(web);
  const sockets = new WebSocketServer(o.second === "path" ? { server: web, path: "/hot-reload" } : { server: web });
  sockets.on("connection", (socket) => socket.send("welcome to the other one"));
  sockets.on("error", () => {});
};

/** second=routed: as it should be, by path. */
function routeSecond(web) {
  const sockets = new WebSocketServer({ noServer: true });
  web.on("upgrade", (request, socket, head) => {
    if (request.url.startsWith("/hot-reload")) sockets.handleUpgrade(request, socket, head, (one) => one.send("welcome"));
  });
}

/** noop=dropped: the poll that is open during an upgrade is not ended, and the client waits for it. */
exports.keepPollsOpen = (o, io) => {
  if (o.noop !== "dropped") return;
  io.engine.on("connection", (socket) => {
    const { transport } = socket;
    const send = transport.send.bind(transport);
    transport.send = (packets) => {
      const kept = packets.filter((packet) => packet.type !== "noop");
      if (kept.length) send(kept);
    };
  });
};
