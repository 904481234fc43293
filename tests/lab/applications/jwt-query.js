// Vehicle positions for an old mobile app, which sends its JSON Web Token in the query.
const http = require("http");
const jwt = require("jsonwebtoken");
const { Server } = require("socket.io");
const { options, serve } = require("../servers/program");

const o = options({ secret: "kept", parameter: "token" });
const SECRET = "another-secret-of-the-application";
const server = http.createServer();
const io = new Server(server);

io.use((socket, next) => {
  try {
    socket.data.vehicle = jwt.verify(socket.handshake.query[o.parameter], o.secret === "kept" ? SECRET : o.secret).vehicle;
    next();
  } catch (error) {
    next(new Error(`Authentication error: ${error.message}`));
  }
});

io.on("connection", (socket) => {
  socket.on("position", (latitude, longitude, note) => {
    socket.broadcast.emit("position", { vehicle: socket.data.vehicle, latitude, longitude, note });
  });
});
serve(server, {}, { jwt: jwt.sign({ vehicle: "HH-SC 204" }, SECRET, { expiresIn: "1h" }) });
