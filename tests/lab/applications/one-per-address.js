// A poll that nobody answers twice: one connection at a time from each address.
const http = require("http");
const { Server } = require("socket.io");
const { options, serve } = require("../servers/program");

const o = options({ limit: "1", count: "yes" });
const server = http.createServer();
const io = new Server(server);
const connected = new Map();

io.use((socket, next) => {
  const { address } = socket.handshake;
  const open = connected.get(address) ?? 0;
  if (open >= Number(o.limit)) return next(new Error("only one connection for each address"));
  connected.set(address, open + 1);
  socket.conn.once("close", () => connected.set(address, connected.get(address) - 1));
  return next();
});

io.on("connection", (socket) => {
  socket.on("vote", (option, done) => {
    if (o.count === "yes") done?.({ counted: true });
  });
});
serve(server);
