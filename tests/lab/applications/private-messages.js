// Private messages: a user has a session, and all of a user's tabs get what is written to the user.
const crypto = require("crypto");
const http = require("http");
const { Server } = require("socket.io");
const { options, serve } = require("../servers/program");

const o = options({ sessions: "kept", deliver: "all" });
const server = http.createServer();
const io = new Server(server);
const demo = crypto.randomBytes(16).toString("hex");
const sessions = new Map(o.sessions === "kept" ? [[demo, { userID: "u-1001", username: "demo" }]] : []);

io.use((socket, next) => {
  const { sessionID, username } = socket.handshake.auth;
  const session = sessions.get(sessionID);
  if (!session && !username) return next(new Error("invalid username"));
  socket.data = session ?? { userID: crypto.randomBytes(8).toString("hex"), username };
  socket.sessionID = session ? sessionID : crypto.randomBytes(16).toString("hex");
  sessions.set(socket.sessionID, socket.data);
  return next();
});

io.on("connection", async (socket) => {
  const { userID, username } = socket.data;
  socket.emit("session", { sessionID: socket.sessionID, userID });
  await socket.join(userID);
  socket.broadcast.emit("user connected", { userID, username });

  socket.on("private message", ({ content, to } = {}) => {
    const message = { content, from: userID, to };
    if (o.deliver === "all") socket.to(to).to(userID).emit("private message", message);
    else socket.emit("private message", message);
  });
});
serve(server, {}, { session: demo });
