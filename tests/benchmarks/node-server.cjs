// The echo flow on the reference implementation, to compare the monitor with.
const { createServer } = require("http");
const { Server } = require("socket.io");

const http = createServer();
const io = new Server(http, { transports: ["websocket"] });
io.of("/hook").on("connection", (socket) => {
  socket.join("hook_room");
  socket.onAny((event, data) => {
    io.of("/hook").to("hook_room").emit("echo_" + event,
      { ...data, echoed_at: new Date().toISOString(), original_sender: socket.id });
  });
});
http.listen(0, "127.0.0.1", () => console.log("monitor on http://127.0.0.1:" + http.address().port));
