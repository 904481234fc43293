// A server that shakes hands and then pours: raw Engine.IO, one kind a server, as much as is read up to a limit.
const crypto = require("crypto");
const http = require("http");

const [kind, megabytes] = [process.argv[2], Number(process.argv[3] || 1024)];
const LIMIT = megabytes * 2 ** 20;
const OPEN = '0{"sid":"flood","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}';
const [CONTINUATION, TEXT, BINARY] = [0, 1, 2];
const PING = Buffer.from([0x89, 0]);

function frame(opcode, payload, { last = true, length = payload.length } = {}) {
  const head = Buffer.alloc(10);
  head[0] = (last ? 0x80 : 0) | opcode;
  head[1] = 127;
  head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, payload]);
}

const LONG = Buffer.alloc(65536, "a");
const SHORT = frame(TEXT, Buffer.from(`42/hook,["flood","${"a".repeat(1024)}"]`));
const shortOnes = Buffer.concat(Array(64).fill(SHORT));

const POURED = {
  message: { start: frame(TEXT, Buffer.from("42"), { length: 2 ** 40 }), piece: LONG },
  fragments: { start: frame(TEXT, Buffer.from("42"), { last: false }), piece: Buffer.concat([frame(CONTINUATION, LONG, { last: false }), PING]) },
  events: { start: Buffer.alloc(0), piece: shortOnes },
  attachments: { start: frame(TEXT, Buffer.from('45999999999-/hook,["flood",{"_placeholder":true,"num":0}]')), piece: frame(BINARY, LONG) },
};

/** Writes the piece again and again, as fast as it is read, up to the limit, then ends. */
function pour(stream, piece) {
  let written = 0;
  const more = () => {
    while (!stream.destroyed && written < LIMIT) {
      written += piece.length;
      if (!stream.write(piece)) return void stream.once("drain", more);
    }
    stream.end();
  };
  more();
}

const web = http.createServer((request, response) => {
  if (request.method === "POST") {
    request.resume().on("end", () => response.end("ok"));
  } else if (!/sid=/.test(request.url)) {
    response.end(OPEN);
  } else {
    pour(response, kind === "packets" ? Buffer.alloc(65536, "2\u001e") : LONG);
  }
});
web.on("upgrade", (request, socket) => {
  const accept = crypto.createHash("sha1").update(request.headers["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest("base64");
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
  socket.write(frame(TEXT, Buffer.from(OPEN)));
  socket.on("error", () => {});
  socket.once("data", () => {
    socket.write(frame(TEXT, Buffer.from('40/hook,{"sid":"flood"}')));
    socket.write(POURED[kind].start);
    pour(socket, POURED[kind].piece);
  });
});
web.on("clientError", (error, socket) => socket.destroy());
web.listen(0, "127.0.0.1", () => console.log(`READY http://127.0.0.1:${web.address().port}`));
process.stdin.resume().on("end", () => process.exit(0));
