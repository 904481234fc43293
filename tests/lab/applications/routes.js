// Socket.IO beside an Express application whose last middleware never answers: unknown paths hang for ever.
const express = require("express");
const http = require("http");
const { Server } = require("socket.io");
const { options, serve } = require("../servers/program");

const o = options({ relay: "yes", web: "express" });
const app = express();
app.use(express.json());
app.get("/api/orders", (request, response) => response.json([{ id: 1, state: "packed" }]));
app.use((request) => console.error(`no route for ${request.method} ${request.path}`));

const server = http.createServer(o.web === "express" ? app : undefined); // a bare server answers nobody either
const io = new Server(server);
io.on("connection", (socket) => {
  socket.on("order", (order, done) => {
    if (o.relay === "yes") io.emit("order", { ...order, state: "new" });
    done?.("ok");
  });
});
serve(server);
