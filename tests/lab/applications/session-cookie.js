// A web shop with express-session: whoever logged in by the form may open the connection.
const crypto = require("crypto");
const express = require("express");
const http = require("http");
const session = require("express-session");
const { Server } = require("socket.io");
const { options, serve } = require("../servers/program");

const o = options({ store: "kept", check: "yes" });
const SECRET = "keyboard dog";
const store = new session.MemoryStore();
const middleware = session({ secret: SECRET, store, resave: false, saveUninitialized: false });

const app = express();
app.use(middleware);
app.post("/login", (request, response) => {
  request.session.user = "visitor";
  response.redirect("/");
});
app.get("/", (request, response) => response.send(request.session.user ? "Your basket" : "<form method=post action=/login><button>Log in</button></form>"));

const server = http.createServer(app);
const io = new Server(server);
io.engine.use(middleware);
io.use((socket, next) => (socket.request.session.user || o.check === "no" ? next() : next(new Error("not logged in"))));

io.on("connection", (socket) => {
  const basket = `basket:${socket.request.session.user ?? "nobody"}`;
  socket.join(basket);
  socket.on("basket:add", (article, quantity, done) => {
    io.to(basket).emit("basket:changed", { article, quantity });
    done?.({ ok: true });
  });
});

/** The cookie of a customer who has logged in already, signed as express-session signs it. */
function cookie() {
  const id = crypto.randomBytes(12).toString("hex");
  if (o.store === "kept") store.set(id, { cookie: { originalMaxAge: null }, user: "demo" });
  const signature = crypto.createHmac("sha256", SECRET).update(id).digest("base64").replace(/=+$/, "");
  return encodeURIComponent(`s:${id}.${signature}`);
}
serve(server, {}, { cookie: cookie() });
