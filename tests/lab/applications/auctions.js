// One namespace for each auction, /auction-1, /auction-2 and so on, made when the first bidder comes.
const http = require("http");
const { Server } = require("socket.io");
const { options, serve } = require("../servers/program");

const o = options({ names: "^/auction-\\d+$", closed: "no" });
const server = http.createServer();
const io = new Server(server);

const auctions = io.of(new RegExp(o.names));
auctions.use((socket, next) => next(o.closed === "yes" ? new Error("this auction has ended") : undefined));
auctions.on("connection", (socket) => {
  socket.on("bid", (amount, bidder, done) => {
    socket.nsp.emit("highest bid", { amount, bidder });
    done?.({ accepted: true });
  });
});
serve(server);
