// Servers that mean harm while a client still shakes hands: raw bytes, one kind a server. Each stops by itself.
const net = require("net");
const { options, serve } = require("./program");

const o = options({ kind: "endless-body", at: "0" });
const LIMIT = 2 ** 30; // a gigabyte, then silence
const ESCAPE = "\u001b[2J\u001b]0;owned\u0007\u001b[31m\u202e<script>alert(1)</script>\u0085";
const SID = "lv_VI97HAXpY6yYWAAAC";
const OPEN = `0{"sid":"${SID}","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}`;

const head = (status, headers = {}) =>
  `HTTP/1.1 ${status}\r\n${Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
const TEXT = { "Content-Type": "text/plain; charset=UTF-8" };
const whole = (body, status = "200 OK", headers = TEXT) => (socket) => {
  const bytes = Buffer.from(body);
  socket.end(Buffer.concat([Buffer.from(head(status, { ...headers, "Content-Length": bytes.length })), bytes]));
};

/** Writes the piece again and again, as fast as it is read, up to the limit. */
function pour(socket, piece) {
  const bytes = Buffer.from(piece);
  let written = 0;
  const more = () => {
    while (!socket.destroyed && written < LIMIT) {
      written += bytes.length;
      if (!socket.write(bytes)) return socket.once("drain", more);
    }
    return undefined;
  };
  more();
}

const pouring = (start, piece) => (socket) => {
  socket.write(start);
  pour(socket, piece);
};
const LONG = "a".repeat(65536);
const chunk = (text) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;

const KINDS = {
  "endless-body": pouring(`${head("200 OK", TEXT)}0{"sid":"`, LONG),
  "endless-chunks": pouring(head("200 OK", { ...TEXT, "Transfer-Encoding": "chunked" }), chunk(LONG)),
  "endless-chunk-extension": pouring(`${head("200 OK", { ...TEXT, "Transfer-Encoding": "chunked" })}1;x=`, LONG),
  "gigabyte-announced": pouring(head("200 OK", { ...TEXT, "Content-Length": LIMIT * 4 }), LONG),
  "gigabyte-of-errors": pouring(head("500 Internal Server Error", { ...TEXT, "Content-Length": LIMIT }), LONG),
  "gigabyte-refusal": pouring(head("403 Forbidden", { ...TEXT, "Content-Length": LIMIT }), LONG),
  "endless-headers": pouring("HTTP/1.1 200 OK\r\n", "X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n"),
  "endless-header": pouring("HTTP/1.1 200 OK\r\nX-Filler: ", LONG),
  "endless-status": pouring("HTTP/1.1 200 ", LONG),
  "endless-banner": pouring("", LONG),
  "endless-newlines": pouring("", "\r\n"),
  "endless-interim": pouring("", "HTTP/1.1 100 Continue\r\n\r\n"),
  "endless-packets": (socket, request) => (/sid=/.test(request) ? pouring(head("200 OK", TEXT), "2\u001e")(socket) : whole(OPEN)(socket)),
  "endless-opens": pouring(head("200 OK", TEXT), `${OPEN}\u001e`),
  "wrong-length": (socket) => socket.end(`${head("200 OK", { ...TEXT, "Content-Length": 7 })}${OPEN}`),
  "two-lengths": (socket) => socket.end(`${head("200 OK", { ...TEXT, "Content-Length": "5\r\nContent-Length: 97" })}${OPEN}`),
  "negative-length": (socket) => socket.end(`${head("200 OK", { ...TEXT, "Content-Length": -1 })}${OPEN}`),
  "odd-status": (socket) => socket.end(`HTTP/1.1 999 \r\n\r\n${OPEN}`),
  "no-status": (socket) => socket.end(`HTTP/1.1\r\n\r\n${OPEN}`),
  "zero-bytes": (socket) => socket.end(Buffer.alloc(4096)),
  "invalid-utf8": whole(Buffer.concat([Buffer.from('0{"sid":"'), Buffer.from([0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80]), Buffer.from('"}')])),
  "invalid-utf8-page": whole(Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0x1b, 0x5b, 0x32, 0x4a])),
  "escapes-in-body": whole(ESCAPE),
  "escapes-in-json": whole(`0{"sid":"${ESCAPE.replace(/[\u001b\u0007]/g, (c) => `\\u00${c.charCodeAt(0).toString(16).padStart(2, "0")}`)}","upgrades":["${LONG}"],"pingInterval":"x"}`),
  "escapes-in-status": (socket) => socket.end(`HTTP/1.1 500 \u001b[2J\u001b[31mowned\r\nContent-Length: 0\r\n\r\n`),
  "escapes-in-headers": whole(ESCAPE, "503 Service Unavailable", { Server: "\u001b[2J\u001b]0;owned\u0007", "Content-Type": "\u001b[31m" }),
  "escapes-in-location": whole("", "302 Found", { Location: "http://x.test/\u001b[2J\u001b]0;owned\u0007" }),
  "escapes-in-banner": (socket) => socket.end(`220 ${ESCAPE}\r\n`),
  "redirect-loop": whole("", "302 Found", { Location: "/socket.io/?EIO=4&transport=polling" }),
  "deep-json": whole(`0{"sid":${"[".repeat(400_000)}`),
  "deep-object": whole(`0${'{"a":'.repeat(200_000)}1${"}".repeat(200_000)}`),
  "long-number": whole(`0{"sid":"${SID}","upgrades":[],"pingInterval":${"9".repeat(500_000)},"pingTimeout":20000}`),
  "long-sid": whole(`0{"sid":"${"s".repeat(900_000)}","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000}`),
  "sid-with-line-ends": whole('0{"sid":"a\\r\\nX-Injected: yes\\r\\n\\r\\n&EIO=3 #?","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000}'),
  "many-upgrades": whole(`0{"sid":"${SID}","upgrades":[${'"websocket",'.repeat(50_000)}"x"],"pingInterval":25000,"pingTimeout":20000}`),
  "switches-at-once": (socket) => socket.end("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"),
  "secret-in-body": whole('{"error":"bad","authorization":"Bearer abcdefghijklmnop","token":"hidden-in-answer"}', "500 Internal Server Error", { "Set-Cookie": "session=hidden-in-cookie" }),
  "cut-at": (socket) => {
    const bytes = Buffer.from(`${head("200 OK", { ...TEXT, "Content-Length": OPEN.length })}${OPEN}`);
    socket.end(bytes.subarray(0, Number(o.at)));
  },
  /** Closes one byte later on each connection. */
  "cut-later-each-time": (socket) => {
    const bytes = Buffer.from(`${head("200 OK", { ...TEXT, "Content-Length": OPEN.length })}${OPEN}`);
    socket.end(bytes.subarray(0, cut++ % bytes.length));
  },
  "one-byte-a-second": (socket) => {
    const bytes = Buffer.from(`${head("200 OK", { ...TEXT, "Content-Length": OPEN.length })}${OPEN}`);
    let at = 0;
    const timer = setInterval(() => (at < bytes.length ? socket.write(bytes.subarray(at, ++at)) : clearInterval(timer)), 1000);
    socket.on("close", () => clearInterval(timer));
  },
  "never-reads": (socket) => socket.pause(),
};

if (o.kind === "list") {
  console.log(`KINDS ${Object.keys(KINDS).join(" ")}`);
  process.exit(0);
}
let cut = Number(o.at);
const act = KINDS[o.kind];
serve(net.createServer((socket) => {
  socket.on("error", () => {});
  if (o.kind.endsWith("banner")) {
    act(socket, "");
  } else if (o.kind === "never-reads") {
    act(socket);
  } else {
    socket.once("data", (request) => act(socket, request.toString("latin1")));
  }
}));
