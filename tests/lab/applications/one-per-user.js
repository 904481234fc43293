// A timesheet that is open once for each user: a second window replaces the first, or is turned away.
const http = require("http");
const { Server } = require("socket.io");
const { options, serve } = require("../servers/program");

const o = options({ second: "replaces", book: "open" });
const server = http.createServer();
const io = new Server(server);
const windows = new Map();

io.use((socket, next) => {
  const user = socket.handshake.auth.user ?? "guest";
  if (o.second === "refused" && windows.has(user)) return next(new Error("already connected in another window"));
  socket.data.user = user;
  return next();
});

io.on("connection", (socket) => {
  const { user } = socket.data;
  windows.get(user)?.emit("replaced");
  windows.get(user)?.disconnect(true);
  windows.set(user, socket);
  socket.on("stamp", (activity, done) => {
    if (o.book === "open") done?.({ user, activity });
  });
  socket.on("disconnect", () => windows.get(user) === socket && windows.delete(user));
});
serve(server);
