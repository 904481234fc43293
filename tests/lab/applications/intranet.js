// Two namespaces with a purpose, /chat and /admin; the default one is for nobody.
const http = require("http");
const { Server } = require("socket.io");
const { options, serve } = require("../servers/program");

const o = options({ chat: "/chat", target: "same" });
const server = http.createServer();
const io = new Server(server);

io.use((socket, next) => next(new Error("use /chat or /admin")));

io.of("/admin").on("connection", (socket) => {
  socket.on("announce", (text) => io.of(o.chat).emit("announcement", text));
});
io.of(o.chat).on("connection", (socket) => {
  socket.on("message", (text) => {
    if (o.target === "same") io.of(o.chat).emit("message", { text });
    else io.of("/admin").emit("message", { text });
  });
});
serve(server);
