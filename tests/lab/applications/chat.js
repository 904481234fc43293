// The chat of the tutorials: whatever anybody says, everybody gets.
const http = require("http");
const { options, serve } = require("../servers/program");

const o = options({ version: "4", to: "everybody", event: "chat message", says: "chat message", lose: "0" });
const { Server } = require(o.version === "3" ? "socket.io-3" : "socket.io");

const server = http.createServer((request, response) => {
  response.writeHead(request.url === "/" ? 200 : 404, { "content-type": "text/html" }).end("<h1>Chat</h1>");
});
const io = new Server(server);
let said = 0;

io.on("connection", (socket) => {
  socket.on(o.event, (message) => {
    said += 1;
    if (Number(o.lose) && said % Number(o.lose) === 0) return;
    if (o.to === "everybody") io.emit(o.says, message);
    if (o.to === "sender") socket.emit(o.says, message);
  });
});
serve(server);
