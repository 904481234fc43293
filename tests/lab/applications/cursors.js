// Where everybody's mouse is: an old position is worth nothing, so what can't be sent at once is dropped.
const http = require("http");
const { Server } = require("socket.io");
const { serve } = require("../servers/program");

const server = http.createServer();
const io = new Server(server);

io.on("connection", (socket) => {
  socket.on("move", (position) => socket.volatile.broadcast.emit("moved", { id: socket.id, ...position }));
});
serve(server);
