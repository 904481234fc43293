// Notifications behind a JSON Web Token, which clients send as auth: { jwt }.
const http = require("http");
const jwt = require("jsonwebtoken");
const { Server } = require("socket.io");
const { options, serve } = require("../servers/program");

const o = options({ secret: "kept", verify: "yes", relay: "yes" });
const SECRET = "a-secret-of-the-application";
const server = http.createServer();
const io = new Server(server);

io.use((socket, next) => {
  const token = socket.handshake.auth.jwt;
  if (o.verify === "no") {
    socket.data.user = jwt.decode(token)?.sub ?? "somebody";
    return next();
  }
  return jwt.verify(token, o.secret === "kept" ? SECRET : o.secret, { audience: "notifications" }, (error, claims) => {
    if (error) return next(Object.assign(new Error("unauthorized"), { data: { reason: error.message } }));
    socket.data.user = claims.sub;
    return next();
  });
});

io.on("connection", (socket) => {
  socket.on("notify", (notification, done) => {
    if (o.relay === "yes") io.emit("notification", { by: socket.data.user, ...notification });
    done?.({ accepted: true });
  });
});

const sign = (claims) => jwt.sign({ sub: "42", aud: "notifications", ...claims }, SECRET);
const now = Math.floor(Date.now() / 1000);
serve(server, {}, { jwt: sign({ exp: now + 3600 }), expired: sign({ iat: now - 7200, exp: now - 3600 }), foreign: sign({ aud: "billing", exp: now + 3600 }) });
