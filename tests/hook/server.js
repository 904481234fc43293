// A Socket.IO 4 server with the echo flow for the hook's tests; each fault is one key=value option.
const http = require("http");
const { Server } = require("socket.io");

const o = { port: "0", ack: "yes", close: "", kick: "", transports: "polling,websocket", payload: "1000000", silent: "", lose: "" };
process.argv.slice(2).forEach((word) => {
  const [name, value] = word.split("=");
  o[name] = value;
});
const NAMESPACES = ["/system", "/session", "/claude", "/agent", "/hook", "/todo", "/memory", "/log"];
const web = http.createServer();
const io = new Server(web, { transports: o.transports.split(","), maxHttpBufferSize: Number(o.payload) });
const isHook = (request) => /okhttp/.test(request.headers["user-agent"] || "");

/** Ends the WebSocket with a code of its own, as soon as there is one. */
function cut(session) {
  if (session.transport.name === "websocket") session.transport.socket.close(Number(o.close), "on purpose");
  else session.once("upgrade", () => cut(session));
}

let hooks = 0, sent = 0;
io.engine.on("connection", (session) => {
  if (isHook(session.request)) console.log(`HOOK ${(hooks += 1)}`);
});

NAMESPACES.forEach((name) => {
  const room = `${name.slice(1)}_room`;
  io.of(name).use((socket, next) => {
    if (name === o.silent) return;
    next(socket.handshake.auth.token === "dev-token" ? undefined : Object.assign(new Error("invalid token"), { data: { code: 7 } }));
  });
  io.of(name).on("connection", (socket) => {
    socket.join(room);
    let events = 0;
    socket.onAny((event, data, ack) => {
      sent += 1;
      // lose: after the raw probes, every so manieth event of a hook goes to nobody; all: each
      if (isHook(socket.request) && hooks > 1 && (o.lose === "all" || o.lose && sent % Number(o.lose) === 0)) return;
      io.of(name).to(room).emit(`echo_${event}`, { ...data, echoed_at: new Date().toISOString(), original_sender: socket.id });
      if (typeof ack === "function" && o.ack === "yes") ack({ status: "ok" });
      events += 1;
      if (!isHook(socket.request)) return;
      if (o.close) cut(socket.conn);
      // kick: only the hook that stays, which is the second to connect
      if (o.kick && hooks > 1 && events === Number(o.kick)) socket.disconnect();
    });
  });
});

web.listen(Number(o.port), "127.0.0.1", () => console.log(`READY http://127.0.0.1:${web.address().port}`));
process.stdin.resume().on("end", () => process.exit(0));
