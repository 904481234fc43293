// A Socket.IO 4 server with the echo flow; each fault is one option.
const { Server } = require("socket.io");
const { options, list, serve } = require("./program");
const echo = require("./echo");
const webserver = require("./webserver");
const parsers = require("./parsers");

const o = options({
  host: "127.0.0.1", port: "0", path: "/socket.io", namespaces: echo.NAMESPACES, transports: "polling,websocket",
  auth: "token", token: "dev-token", silent: "", open: "", relay: "none", where: "", room: "join", ack: "yes", deaf: "", throws: "no",
  interval: "25000", patience: "20000", late: "0", blocked: "0", every: "100", drop: "", farewell: "no", payload: "1000000", origin: "", forbid: "",
  again: "yes", web: "404", ingest: "missing", flow: "echo", redis: "", eio3: "no", tell: "no", ready: "0", upgrades: "yes", single: "no",
  lookup: "600", handlers: "0", history: "0", noise: "0", intake: "0", parser: "", cors: "",
  ...webserver.DEFAULTS,
  most: "0", attached: "once", recovery: "no",
  login: "0", event: "authenticate", words: "yes",
});

// forgets: nothing is kept by the time a client is back; middlewares: those are run again, and this one wants a fresh nonce
const RECOVERY = { no: undefined, yes: {}, forgets: { maxDisconnectionDuration: 200 }, middlewares: { skipMiddlewares: false } };
const CORS = { wildcard: { origin: "*" }, "wildcard-credentials": { origin: "*", credentials: true } };
const web = webserver.create(o);
const io = new Server(web, {
  path: o.path,
  transports: list(o.transports),
  allowUpgrades: o.upgrades === "yes",
  connectionStateRecovery: RECOVERY[o.recovery],
  pingInterval: Number(o.interval),
  pingTimeout: Number(o.patience),
  maxHttpBufferSize: Number(o.payload),
  parser: o.parser ? parsers[o.parser]() : undefined,
  allowEIO3: o.eio3 === "yes",
  cors: o.origin ? { origin: list(o.origin), credentials: true } : CORS[o.cors],
  allowRequest: (request, decide) => (allowed(request) ? decide(null, true) : decide(o.forbid, false)),
});
keepServing();
if (o.attached === "twice") io.attach(web, { path: o.path });
if (o.most !== "0") web.maxConnections = Number(o.most);
webserver.attachSecond(o, web);
webserver.keepPollsOpen(o, io);

function allowed(request) {
  const page = request.headers.origin;
  return !o.forbid || (o.forbid === "origin" && !page)
    || (o.forbid === "origin-websocket" && !(page && request.url.includes("transport=websocket")));
}

// Before Socket.IO looks at a request: what the web server beside it does with other paths.
function keepServing() {
  const engine = web.listeners("request").slice();
  web.removeAllListeners("request");
  web.on("request", (request, response) => {
    if (request.url.startsWith(o.path + "/") || request.url.startsWith(`${o.path}?`)) {
      if (webserver.limits(o, response)) return;
      webserver.readFirst(o, request, () => engine.forEach((listener) => listener.call(web, request, response)));
    } else if (request.url.startsWith("/api/events")) {
      ingest(request, response);
    } else if (o.web === "spa") {
      response.writeHead(200, { "content-type": "text/html" }).end("<!DOCTYPE html><title>App</title><div id=root></div>");
    } else if (o.web !== "bare") {
      response.writeHead(404, { "content-type": "text/plain" }).end("Not found\n");
    }
  });
}

const seen = new Set();

/** Lets in, refuses, or says nothing at all: what a namespace's middleware does with a CONNECT packet. */
function authenticate(namespace, socket, next) {
  const token = socket.handshake.auth && socket.handshake.auth.token;
  const wanted = list(o.open).includes(namespace.name) || o.auth === "open" || token === o.token;
  if (list(o.silent).includes(namespace.name) || o.silent === "all") {
    return;
  }
  if (o.auth === "throw") {
    throw new Error("middleware failed on purpose");
  }
  const refused = refusal(wanted, token);
  if (refused || (o.recovery === "middlewares" && socket.recovered)) {
    next(refused || new Error("the nonce was used before"));
  } else if (o.single === "refused" && latest.has(namespace.name)) {
    next(new Error("duplicate login"));
  } else if (o.again !== "yes" && seen.has(namespace.name)) {
    if (o.again === "refused") next(new Error("already connected"));
  } else {
    seen.add(o.again === "yes" ? "" : namespace.name);
    next();
  }
}

function refusal(wanted, token) {
  switch (o.auth) {
    case "maintenance": return new Error("Server is in maintenance mode, please try again later");
    case "full": return Object.assign(new Error("room limit reached"), { data: { limit: 0 } });
    case "later": return null;
    case "optional": return wanted || !token ? null : new Error("invalid token");
    case "login": return wanted ? null : new Error("not logged in");
    case "bare": return wanted ? null : new Error("no");
    case "coded": return wanted ? null : Object.assign(new Error("E_AUTH"), { data: { code: 401, reason: "jwt expired" } });
    default: return wanted ? null : new Error(token ? "Authentication error: invalid token" : "Authentication error: token missing");
  }
}

function connected(namespace, socket) {
  checkLater(socket);
  if (o.history !== "0") socket.emit("history", "x".repeat(Number(o.history)));
  if (o.flow === "claude-mpm") {
    socket.on("claude_event", (data, ack) => {
      if (o.relay === "none") socket.broadcast.emit("claude_event", data);
      if (typeof ack === "function" && o.ack !== "no") ack({ status: "ok" });
    });
    return;
  }
  if (o.login !== "0") waitForLogin(namespace, socket);
  else if (o.ready === "0") echo.attach(io, namespace, socket, o);
  else setTimeout(() => echo.attach(io, namespace, socket, o), Number(o.ready)); // it awaits something first
  dropLater(socket);
  putOutOthers(namespace, socket);
}

/** auth=later: everybody is let in, and put out again once a look-up has told that the token is wrong. */
function checkLater(socket) {
  if (o.auth === "later" && socket.handshake.auth.token !== o.token) {
    setTimeout(() => {
      socket.emit("unauthorized", { message: "invalid token" });
      socket.disconnect();
    }, Number(o.lookup));
  }
}

/** login=N: who has not sent event=… with the token in N milliseconds is disconnected, and not served before; never: for ever. */
function waitForLogin(namespace, socket) {
  const out = (message) => {
    if (o.words === "yes") socket.emit("unauthorized", { message });
    socket.disconnect();
  };
  const late = o.login === "never" ? null : setTimeout(() => out("no login in time"), Number(o.login));
  socket.on("disconnect", () => clearTimeout(late));
  socket.once(o.event, (data, ack) => {
    clearTimeout(late);
    if (!data || data.token !== o.token) {
      out("invalid token");
      return;
    }
    if (typeof ack === "function") ack({ ok: true });
    socket.emit("authenticated");
    echo.attach(io, namespace, socket, o);
  });
}

const latest = new Map(); // single=yes: who comes last replaces who came before; single=refused: the other way round
function putOutOthers(namespace, socket) {
  if (o.single === "yes") {
    latest.get(namespace.name)?.disconnect(true);
  }
  if (o.single !== "no") {
    latest.set(namespace.name, socket);
    socket.on("disconnect", () => latest.get(namespace.name) === socket && latest.delete(namespace.name));
  }
}

/** drop=N: the server closes the connection at its Nth event; drop=Nms: N milliseconds after the connection. */
function dropLater(socket) {
  if (o.drop.endsWith("ms")) {
    setTimeout(() => socket.conn.close(), parseInt(o.drop, 10));
  } else if (o.drop) {
    let left = Number(o.drop);
    socket.onAny(() => {
      left -= 1;
      if (left === 0) o.farewell === "yes" ? socket.disconnect(true) : socket.conn.close();
    });
  }
}

function ingest(request, response) {
  if (o.ingest === "missing" || request.method !== "POST") {
    response.writeHead(404, { "content-type": "text/plain" }).end("404: Not Found");
    return;
  }
  let body = "";
  request.on("data", (part) => (body += part));
  request.on("end", () => {
    if (o.ingest === "mute") {
      return;
    }
    if (o.ingest === "broken") {
      response.writeHead(500, { "content-type": "application/json" }).end('{"error":"queue is down"}');
      return;
    }
    const event = JSON.parse(body);
    if (o.relay === "none") io.of("/").emit(o.ingest === "yes" ? "claude_event" : o.ingest, event);
    setTimeout(() => response.writeHead(204).end(), Number(o.intake));
  });
}

let told = o.tell !== "yes";
echo.onEvery = (socket, listener) => socket.onAny((name, ...rest) => {
  if (!told) console.log("EVENT"); // for a test that waits until its client is at work
  told = true;
  const ack = typeof rest[rest.length - 1] === "function" ? rest.pop() : null;
  listener(name, rest[0], ack);
});

if (o.late !== "0") { // pings that come later than the handshake says
  io.engine.on("connection", (socket) => {
    clearTimeout(socket.pingIntervalTimer);
    setInterval(() => socket.readyState === "open" && socket.sendPacket("ping"), Number(o.late)).unref();
  });
}

if (o.blocked !== "0") { // an event loop that is busy most of the time
  setInterval(() => {
    const end = Date.now() + Number(o.blocked);
    while (Date.now() < end);
  }, Number(o.blocked) + Number(o.every));
}

if (o.noise !== "0") { // other people's events, under the name of those that are relayed
  setInterval(() => list(o.namespaces).forEach((name) =>
    io.of(name).emit(o.flow === "claude-mpm" ? "claude_event" : "echo_user_prompt", { text: "somebody else's" })), 1000 / Number(o.noise));
}

function start() {
  for (const name of list(o.namespaces)) {
    const namespace = io.of(name);
    namespace.use((socket, next) => authenticate(namespace, socket, next));
    namespace.on("connection", (socket) => connected(namespace, socket));
  }
  serve(web, { host: o.host, port: o.port, scheme: o.pfx ? "https" : "http" });
}

async function joinCluster() {
  const { createClient } = require("redis");
  const { createAdapter } = require("@socket.io/redis-adapter");
  const publisher = createClient({ url: o.redis.replace("http:", "redis:") });
  const subscriber = publisher.duplicate();
  await Promise.all([publisher.connect(), subscriber.connect()]);
  io.adapter(createAdapter(publisher, subscriber));
}

if (o.attached !== "twice") process.on("uncaughtException", () => {}); // a thrown handler must not end the server under test
(o.redis ? joinCluster() : Promise.resolve()).then(start);
