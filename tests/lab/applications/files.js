// Files from one to all others, in pieces: bytes, or base64 from clients that can't send bytes.
const http = require("http");
const { Server } = require("socket.io");
const { options, serve } = require("../servers/program");

const o = options({ limit: "8000000", pass: "all" });
const server = http.createServer();
const io = new Server(server, { maxHttpBufferSize: Number(o.limit) });

io.on("connection", (socket) => {
  socket.on("piece", ({ name, offset, bytes } = {}, done) => {
    const content = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes, "base64");
    const receivers = o.pass === "all" ? socket.broadcast : socket.to("nobody");
    receivers.emit("piece", { name, offset, bytes: content });
    done?.({ received: content.length });
  });
});
serve(server);
