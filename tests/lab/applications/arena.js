// A game whose server trusts nobody: an event that it does not know, or one before the login, ends the connection.
const http = require("http");
const { Server } = require("socket.io");
const { options, serve } = require("../servers/program");

const o = options({ update: "state", crash: "no" });
const server = http.createServer();
const io = new Server(server, { serveClient: false });
const players = new Map();
const known = new Set(["login", "move", "chat"]);

io.on("connection", (socket) => {
  socket.use(([event], next) => {
    if (!known.has(event) || (event !== "login" && !players.has(socket.id))) socket.disconnect(true);
    else next();
  });

  socket.on("login", (name) => {
    players.set(socket.id, { name, x: 0, y: 0 });
    socket.emit("welcome", { id: socket.id, map: "desert" });
  });

  socket.on("move", ({ x, y, note } = {}) => {
    if (o.crash === "yes") throw new Error("player has no team"); // nobody catches it: the process ends
    Object.assign(players.get(socket.id), { x, y });
    io.emit(o.update, { name: players.get(socket.id).name, x, y, note });
  });

  socket.on("disconnect", () => players.delete(socket.id));
});
serve(server);
