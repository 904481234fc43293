// A server that is rude to clients that stay: it sends them huge events (big), or closes with terminal escapes in its reason (escape).
const http = require("http");
const { Server } = require("socket.io");
const { options, serve } = require("./program");

const o = options({ how: "big", after: "1500" });
const web = http.createServer();

const RUDE = {
  big: (socket) => socket.emit("big", "x".repeat(20e6)),
  escape: (socket) => socket.conn.transport.socket && socket.conn.transport.socket.close(4000, "\u001b[2J<b>bye</b>"),
};

new Server(web).on("connection", (socket) => {
  const timer = setTimeout(() => RUDE[o.how](socket), Number(o.after));
  socket.on("disconnect", () => clearTimeout(timer));
});
serve(web);
