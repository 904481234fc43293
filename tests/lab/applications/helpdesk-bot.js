// A bot that answers whatever it is sent, under whatever name, to whoever sent it.
const http = require("http");
const { Server } = require("socket.io");
const { options, serve } = require("../servers/program");

const o = options({ answer: "yes", thinks: "0" });
const server = http.createServer();
const io = new Server(server);

io.on("connection", (socket) => {
  socket.emit("bot", "Hello! Ask me anything.");
  socket.onAny((event, ...content) => {
    if (o.answer !== "yes") return;
    const callback = typeof content[content.length - 1] === "function" ? content.pop() : null;
    socket.emit("bot", { youSaid: event, content });
    setTimeout(() => callback?.({ understood: true }), Number(o.thinks));
  });
});
serve(server);
