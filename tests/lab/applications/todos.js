// To-do items over events: create, read, update, delete; each is answered, and nothing is ever pushed.
const http = require("http");
const { Server } = require("socket.io");
const { options, serve } = require("../servers/program");

const o = options({ answers: "yes", storage: "up" });
const server = http.createServer();
const io = new Server(server, { cors: { origin: "http://localhost:4200" } });
const items = new Map();
let lastId = 0;

io.on("connection", (socket) => {
  const handle = (event, action) => socket.on(event, (payload, callback) => {
    if (typeof callback !== "function" || o.answers !== "yes") return;
    if (o.storage === "down") callback({ error: "internal error" });
    else callback(action(payload));
  });

  handle("todo:create", ({ title } = {}) => {
    if (typeof title !== "string" || !title) return { error: "invalid payload", errorDetails: [{ path: "title", type: "string.empty" }] };
    lastId += 1;
    items.set(lastId, { id: lastId, title, completed: false });
    return { status: "created", data: items.get(lastId) };
  });
  handle("todo:read", (id) => (items.has(id) ? { data: items.get(id) } : { error: "entity not found" }));
  handle("todo:delete", (id) => (items.delete(id) ? { status: "deleted" } : { error: "entity not found" }));
});
serve(server);
