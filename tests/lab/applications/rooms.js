// Rooms that a client joins by an event; what is said in a room stays there.
const http = require("http");
const { Server } = require("socket.io");
const { options, serve } = require("../servers/program");

const o = options({ join: "yes", full: "no" });
const server = http.createServer();
const io = new Server(server);

io.on("connection", (socket) => {
  socket.on("join", async ({ room, name } = {}, done) => {
    if (o.full === "yes") return done({ ok: false, error: "room is full" });
    if (o.join === "yes") await socket.join(`room:${room}`);
    socket.data.name = name;
    io.to(`room:${room}`).emit("presence", { name, joined: true });
    return done({ ok: true, members: io.sockets.adapter.rooms.get(`room:${room}`)?.size ?? 0 });
  });

  socket.on("message", ({ room, text } = {}, done) => {
    io.to(`room:${room}`).emit("message", { from: socket.data.name, room, text, at: new Date().toISOString() });
    done?.({ ok: true });
  });
});
serve(server);
