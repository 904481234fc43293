// HTTP servers without Socket.IO, and answers in its name that are wrong; the kind is the first option.
const fs = require("fs");
const http = require("http");
const https = require("https");
const { options, serve } = require("./program");

const o = options({ kind: "plain", to: "", status: "500", body: "", type: "text/plain", pfx: "", server: "" });
const OPEN = '{"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}';

const text = (status, body, headers = {}) => (request, response) =>
  response.writeHead(status, { "content-type": o.type, ...(o.server ? { server: o.server } : {}), ...headers }).end(body);
const open = (body) => text(200, body, { "content-type": "text/plain; charset=UTF-8" });
const change = (fields) => open(`0${JSON.stringify({ ...JSON.parse(OPEN), ...fields })}`);

const KINDS = {
  plain: text(404, "404 page not found\n"),
  spa: text(200, "<!DOCTYPE html>\n<html><head><title>App</title></head><body><div id=root></div></body></html>", { "content-type": "text/html" }),
  health: text(200, '{"status":"ok"}', { "content-type": "application/json" }),
  empty: text(200, ""),
  status: (request, response) => text(Number(o.status), o.body || http.STATUS_CODES[o.status])(request, response),
  redirect: (request, response) => text(Number(o.status), "", { location: o.to || `https://example.test${request.url}` })(request, response),
  airplay: text(403, "", { server: "AirTunes/670.6.2" }),
  "no-sid": open('0{"upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000}'),
  "not-json": open("0{sid:'abc',upgrades:[}"),
  "cut-short": open(`0${OPEN.slice(0, 40)}`),
  "open-array": open("0[1,2,3]"),
  "negative-interval": change({ pingInterval: -1 }),
  "huge-interval": change({ pingInterval: 1e300 }),
  "text-interval": change({ pingInterval: "soon" }),
  "zero-timeout": change({ pingTimeout: 0 }),
  "empty-sid": change({ sid: "" }),
  "number-sid": change({ sid: 42 }),
  "negative-payload": change({ maxPayload: -5 }),
  garbage: open("\u0000\ufffd\u001b[31m0"),
  "never-ends": (request, response) => {
    response.writeHead(200, { "content-type": "text/plain" });
    response.write('0{"sid":"lv_VI97HAXpY6yY');
  },
  drips: (request, response) => {
    response.writeHead(200, { "content-type": "text/plain", "content-length": OPEN.length + 1 });
    let at = 0;
    setInterval(() => response.write(`0${OPEN}`[at++] || ""), 900).unref();
  },
  "headers-only": (request, response) => response.writeHead(200, { "content-length": 97 }).flushHeaders(),
  "late-answer": (request, response) => setTimeout(() => open(`0${OPEN}`)(request, response), 60_000).unref(),
  hangs: () => {},
};

const listener = KINDS[o.kind];
const web = o.pfx ? https.createServer({ pfx: fs.readFileSync(o.pfx), passphrase: "changeit" }, listener) : http.createServer(listener);
web.on("upgrade", (request, socket) => (o.kind === "hangs" || o.kind.endsWith("ends") ? undefined : socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")));
web.requestTimeout = 0;
serve(web, { scheme: o.pfx ? "https" : "http" });
