// A support desk: the page opens the connection with ?case=…, and belongs to that case from then on.
const http = require("http");
const { Server } = require("socket.io");
const { options, serve } = require("../servers/program");

const o = options({ parameter: "case", acknowledge: "yes" });
const server = http.createServer();
const io = new Server(server, { cors: { origin: true } });

io.on("connection", (socket) => {
  const id = socket.handshake.query[o.parameter];
  if (id) socket.join(`case-${id}`);

  socket.on("reply", (text, done) => {
    socket.to(`case-${id}`).emit("reply", { case: id, text });
    if (o.acknowledge === "yes" && typeof done === "function") done("stored");
  });
});
serve(server);
