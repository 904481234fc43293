// A chat with names: a newcomer says who it is, is told how many there are, and shows when it types.
const http = require("http");
const { Server } = require("socket.io");
const { options, serve } = require("../servers/program");

const o = options({ broadcast: "yes", delay: "0" });
const server = http.createServer();
const io = new Server(server);
let users = 0;

io.on("connection", (socket) => {
  socket.on("add user", (username) => {
    if (socket.username) return;
    socket.username = username;
    users += 1;
    socket.emit("login", { numUsers: users });
    socket.broadcast.emit("user joined", { username, numUsers: users });
  });

  socket.on("new message", (message) => {
    if (!socket.username || o.broadcast === "no") return;
    setTimeout(() => socket.broadcast.emit("new message", { username: socket.username, message }), Number(o.delay));
  });

  socket.on("typing", () => socket.broadcast.emit("typing", { username: socket.username }));
  socket.on("stop typing", () => socket.broadcast.emit("stop typing", { username: socket.username }));

  socket.on("disconnect", () => {
    if (!socket.username) return;
    users -= 1;
    socket.broadcast.emit("user left", { username: socket.username, numUsers: users });
  });
});
serve(server);
