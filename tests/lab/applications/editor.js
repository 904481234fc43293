// A text that several people write at once: changes are numbered by the server and passed to the others.
const http = require("http");
const { Server } = require("socket.io");
const { options, serve } = require("../servers/program");

const o = options({ saving: "steady", share: "yes" });
const server = http.createServer();
const io = new Server(server);
const documents = new Map();

io.on("connection", (socket) => {
  socket.on("join", async (id, done) => {
    if (!documents.has(id)) documents.set(id, { version: 0, changes: [] });
    await socket.join(id);
    done(null, { version: documents.get(id).version });
  });

  socket.on("change", (id, change, done) => {
    const text = documents.get(id);
    if (!text || !socket.rooms.has(id)) return done?.({ message: "join the document first" });
    text.version += 1;
    text.changes.push(change);
    const { version } = text;
    const pass = () => o.share === "yes" && socket.to(id).emit("changed", { id, version, change });
    if (o.saving === "steady") pass();
    else setTimeout(pass, (version % 2) * 80); // saved first, and each save takes its own time
    return done?.(null, { version });
  });
});
serve(server);
