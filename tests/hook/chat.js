// Socket.IO's own tutorial chat, which acknowledges nothing. usage: node chat.js relay|drop|half
const http = require("http");
const { Server } = require("socket.io");

const mode = process.argv[2];
const web = http.createServer();
const io = new Server(web);
let messages = 0;
io.on("connection", (socket) => {
  socket.on("chat message", (text) => {
    messages += 1;
    if (mode === "relay" || mode === "half" && messages % 2) io.emit("chat message", text);
  });
});
web.listen(0, "127.0.0.1", () => console.log(`READY http://127.0.0.1:${web.address().port}`));
process.stdin.resume().on("end", () => process.exit(0));
