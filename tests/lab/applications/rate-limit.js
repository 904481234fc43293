// A public feed that limits how much one client may post in a second.
const http = require("http");
const { Server } = require("socket.io");
const { options, serve } = require("../servers/program");

const o = options({ points: "200" });
const server = http.createServer();
const io = new Server(server);

io.on("connection", (socket) => {
  let left = Number(o.points);
  const refill = setInterval(() => (left = Number(o.points)), 1000);

  socket.on("post", (text, done) => {
    if (left === 0) {
      socket.emit("blocked", { "retry-ms": 1000 });
      done?.({ error: "rate limit exceeded" });
      return;
    }
    left -= 1;
    io.emit("post", text);
    done?.({ ok: true });
  });
  socket.on("disconnect", () => clearInterval(refill));
});
serve(server);
