// Sensor readings of machines, which know themselves by an API key in a header of the handshake.
const crypto = require("crypto");
const http = require("http");
const { Server } = require("socket.io");
const { options, serve } = require("../servers/program");

const o = options({ revoked: "no", deliver: "yes" });
const key = crypto.randomBytes(20).toString("hex");
const keys = new Set(o.revoked === "yes" ? [] : [key]);
const server = http.createServer();
const io = new Server(server, {
  allowRequest: (request, decide) => decide(keys.has(request.headers["x-api-key"]) ? null : "API key missing or unknown", keys.has(request.headers["x-api-key"])),
});

io.on("connection", (socket) => {
  socket.on("reading", (reading, done) => {
    if (o.deliver === "yes") socket.broadcast.emit("reading", { ...reading, received: Date.now() });
    done?.(true);
  });
});
serve(server, {}, { key });
