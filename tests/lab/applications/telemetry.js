// Telemetry of many small numbers, so packets are MessagePack.
const http = require("http");
const { Server } = require("socket.io");
const parser = require("socket.io-msgpack-parser");
const { options, serve } = require("../servers/program");

const o = options({ to: "others" });
const server = http.createServer();
const io = new Server(server, { parser });

io.on("connection", (socket) => {
  socket.on("sample", (sensor, values, done) => {
    if (o.to === "others") socket.broadcast.emit("sample", sensor, values);
    if (o.to === "renamed") socket.broadcast.emit("samples", sensor, values);
    done?.({ stored: values.length });
  });
});
serve(server);
