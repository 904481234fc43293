// A game for its own clients: who has not logged in after three seconds is disconnected.
const http = require("http");
const { Server } = require("socket.io");
const { options, serve } = require("../servers/program");

const o = options({ patience: "3000", login: "open" });
const server = http.createServer();
const io = new Server(server);

io.on("connection", (socket) => {
  const stranger = setTimeout(() => {
    socket.emit("kicked", { reason: "please log in first" });
    socket.disconnect(true);
  }, Number(o.patience));

  socket.on("login", ({ name } = {}, done) => {
    if (o.login === "closed") return done?.({ ok: false, error: "unknown player" });
    clearTimeout(stranger);
    socket.data.name = name;
    socket.join("players");
    return done?.({ ok: true });
  });

  socket.on("shout", (text, done) => {
    if (!socket.data.name) return;
    io.to("players").emit("shout", { name: socket.data.name, text });
    done?.({ ok: true });
  });

  socket.on("disconnect", () => clearTimeout(stranger));
});
serve(server);
