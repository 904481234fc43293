// A shared whiteboard: each line that somebody draws appears at all others.
const express = require("express");
const http = require("http");
const { Server } = require("socket.io");
const { options, serve } = require("../servers/program");

const o = options({ twice: "no" });
const app = express();
app.get("/", (request, response) => response.type("html").send("<canvas></canvas>"));
const server = http.createServer(app);
const io = new Server(server);

io.on("connection", (socket) => {
  socket.on("drawing", (line) => {
    socket.broadcast.emit("drawing", line);
    if (o.twice === "yes") socket.broadcast.emit("drawing", line);
  });
});
serve(server);
