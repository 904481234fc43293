// Listeners below HTTP: silence, other protocols, and connections that end at once.
const net = require("net");
const { options, serve } = require("./program");

const o = options({ kind: "mute" });
const KINDS = {
  mute: () => {},
  reset: (socket) => socket.resetAndDestroy(),
  close: (socket) => socket.end(),
  ssh: (socket) => socket.write("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n"),
  smtp: (socket) => socket.write("220 mail.example.test ESMTP Postfix\r\n"),
  mysql: (socket) => socket.write(Buffer.from("4a0000000a382e302e333600", "hex")),
  redis: (socket) => socket.on("data", () => socket.write("-ERR unknown command 'GET'\r\n")),
  echo: (socket) => socket.pipe(socket),
  "reset-late": (socket) => socket.once("data", () => socket.resetAndDestroy()),
  "close-late": (socket) => socket.once("data", () => socket.end()),
};
serve(net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.on("error", () => {});
  KINDS[o.kind](socket);
}), { scheme: "http" });
