// A Socket.IO server that lets clients in and then means harm. Each flood stops by itself after a gigabyte.
const http = require("http");
const { Server } = require("socket.io");
const { options, list, serve } = require("./program");
const { NAMESPACES } = require("./echo");

const o = options({ kind: "flood" });
const LIMIT = 2 ** 30;
const ESCAPE = "\u001b[2J\u001b]0;owned\u0007\u001b[31m\u202e<script>alert(1)</script>";

const web = http.createServer();
const io = new Server(web, { maxHttpBufferSize: 1e6 });

/** The TCP connection below a WebSocket client, to write frames that no library would. */
const raw = (socket) => socket.conn.transport.socket && socket.conn.transport.socket._socket;

function pour(write, size) {
  let sent = 0;
  const more = () => {
    for (let i = 0; i < 64 && sent < LIMIT; i++) {
      sent += size;
      if (write() === false) return;
    }
    if (sent < LIMIT) setImmediate(more);
  };
  more();
}

const text = (bytes) => {
  const length = bytes.length < 126 ? Buffer.from([bytes.length])
    : Buffer.from([126, bytes.length >> 8, bytes.length & 255]);
  return Buffer.concat([Buffer.from([0x81]), length, Buffer.from(bytes)]);
};
const frame = (bytes) => (socket) => raw(socket) && raw(socket).write(bytes);
const backlog = (socket) => (raw(socket) ? raw(socket).writableLength : socket.conn.writeBuffer.length * 1000) > 1e6;
const packet = (make) => (socket) => socket.conn.write(make(socket.nsp.name));

/** Above every limit of the client; made once, so that the server has time to send it. */
const HUGE = JSON.stringify(["echo_user_prompt", "x".repeat(70_000_000)]);

const KINDS = {
  flood: (socket) => pour(() => (socket.conn.readyState !== "open" ? false : backlog(socket) || socket.emit("noise", "x".repeat(1000))), 1000),
  "flood-of-pings": (socket) => pour(() => (socket.conn.readyState !== "open" ? false : backlog(socket) || socket.conn.sendPacket("ping")), 100),
  "flood-of-acks": (socket) => pour(() => (socket.conn.readyState !== "open" ? false : backlog(socket) || packet((n) => `3${n},1["x"]`)(socket)), 100),
  "flood-of-connects": (socket) => pour(() => (socket.conn.readyState !== "open" ? false : backlog(socket) || packet((n) => `0${n},{"sid":"x"}`)(socket)), 100),
  "huge-event": packet((n) => `2${n},${HUGE}`),
  "endless-frame": (socket) => {
    if (!raw(socket)) return;
    raw(socket).write(Buffer.from([0x81, 127, 0x3f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]));
    pour(() => (raw(socket).destroyed ? false : raw(socket).writableLength > 1e6 || raw(socket).write("x".repeat(65536))), 65536);
  },
  "endless-fragments": (socket) => {
    if (!raw(socket)) return;
    raw(socket).write(Buffer.from([0x01, 1, 0x34]));
    pour(() => (raw(socket).destroyed ? false : raw(socket).writableLength > 1e6 || raw(socket).write(Buffer.concat([Buffer.from([0x00, 126, 0xff, 0xff]), Buffer.alloc(65535, 120)]))), 65535);
  },
  "invalid-utf8": frame(text([0x34, 0x32, 0xff, 0xfe, 0xc0, 0x80])),
  "masked-frame": frame(Buffer.from([0x81, 0x81, 1, 2, 3, 4, 0x33])),
  "reserved-bits": frame(Buffer.from([0xf1, 1, 0x32])),
  "unknown-opcode": frame(Buffer.from([0x8b, 0])),
  "bad-close": frame(Buffer.from([0x88, 2, 0, 1])),
  "escapes-in-close": frame(Buffer.concat([Buffer.from([0x88, 2 + 12, 0x0f, 0xa1]), Buffer.from("\u001b[2Jowned!!!")])),
  "http-in-frames": frame(Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n")),
  "attachments-never-come": packet((n) => `551-${n},["x",{"_placeholder":true,"num":0}]`),
  "million-attachments": packet((n) => `5999999999-${n},["x"]`),
  "deep-json": packet((n) => `2${n},["x",${"[".repeat(400_000)}`),
  "long-ack-number": packet((n) => `3${n},${"9".repeat(5000)}["x"]`),
  "long-namespace": packet(() => `2/${"n".repeat(500_000)},["x"]`),
  "unknown-packets": packet(() => "9zzz"),
  "not-an-array": packet((n) => `2${n},{"a":1}`),
  "empty-array": packet((n) => `2${n},[]`),
  "number-event": packet((n) => `2${n},[42,null]`),
  "escapes-in-events": (socket) => socket.emit(ESCAPE, { [ESCAPE]: ESCAPE }),
  "acks-with-escapes": () => {},
  "echoes-others": (socket) => socket.onAny((name) => socket.emit(`echo_${name}`, { prompt: ESCAPE, original_sender: ESCAPE })),
  "refuses-with-escapes": () => {},
  "refuses-with-megabytes": () => {},
  "refuses-with-secrets": () => {},
  "closes-in-the-middle": (socket) => raw(socket) && raw(socket).end(Buffer.from([0x81, 100, 0x34])),
};

const REFUSALS = {
  "refuses-with-escapes": () => Object.assign(new Error(ESCAPE), { data: { [ESCAPE]: ESCAPE } }),
  "refuses-with-megabytes": () => new Error("no ".repeat(3_000_000)),
  "refuses-with-secrets": (socket) => new Error(`token ${socket.handshake.auth.token} is refused; use {"password":"hidden-in-answer"}`),
};

if (o.kind === "list") {
  console.log(`KINDS ${Object.keys(KINDS).join(" ")}`);
  process.exit(0);
}
for (const name of list(NAMESPACES)) {
  io.of(name).use((socket, next) => next(REFUSALS[o.kind] && REFUSALS[o.kind](socket)));
  io.of(name).on("connection", (socket) => {
    socket.join(`${name.slice(1)}_room`);
    socket.onAny((event, ...rest) => {
      const ack = rest.pop();
      if (typeof ack === "function") ack(o.kind === "acks-with-escapes" ? { [ESCAPE]: ESCAPE } : { status: "ok" });
    });
    setImmediate(() => KINDS[o.kind](socket));
  });
}
process.on("uncaughtException", () => {});
serve(web);
