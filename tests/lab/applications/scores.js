// Live scores with connection state recovery: who loses the connection for a while misses no goal.
const http = require("http");
const { Server } = require("socket.io");
const { options, serve } = require("../servers/program");

const o = options({ memory: "120000" });
const server = http.createServer();
const io = new Server(server, { connectionStateRecovery: { maxDisconnectionDuration: Number(o.memory) } });

io.on("connection", (socket) => {
  if (!socket.recovered) socket.join("football");
  socket.on("goal", (match, player) => io.to("football").emit("goal", { match, player }));
});
serve(server);
