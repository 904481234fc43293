// Passport in front of the handshake: a bearer token in the Authorization header, else 401.
const express = require("express");
const http = require("http");
const jwt = require("jsonwebtoken");
const passport = require("passport");
const { ExtractJwt, Strategy } = require("passport-jwt");
const { Server } = require("socket.io");
const { options, serve } = require("../servers/program");

const o = options({ user: "known", greet: "yes" });
const SECRET = "the-secret-of-passport";
const users = new Map(o.user === "known" ? [[7, { id: 7, name: "Grace" }]] : []);
passport.use(new Strategy({ jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKey: SECRET },
  (claims, done) => done(null, users.get(claims.id) ?? false)));

const app = express();
app.get("/profile", passport.authenticate("jwt", { session: false }), (request, response) => response.json(request.user));
const server = http.createServer(app);
const io = new Server(server);
io.engine.use((request, response, next) => {
  if (request._query.sid) next();
  else passport.authenticate("jwt", { session: false })(request, response, next);
});

io.on("connection", (socket) => {
  const { user } = socket.request;
  socket.join(`user:${user.id}`);
  socket.on("whoami", (done) => done(user.name));
  socket.on("note", (text, done) => {
    if (o.greet === "yes") io.to(`user:${user.id}`).emit("note", { by: user.name, text });
    done?.("noted");
  });
});
serve(server, {}, { jwt: jwt.sign({ id: 7 }, SECRET, { expiresIn: "1h" }) });
