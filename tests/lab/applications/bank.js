// Transfers between accounts: each is acknowledged, in the way of Node: the error first.
const http = require("http");
const { Server } = require("socket.io");
const { options, serve } = require("../servers/program");

const o = options({ balance: "1000000", answer: "yes" });
const server = http.createServer();
const io = new Server(server);
let balance = Number(o.balance);

io.on("connection", (socket) => {
  socket.on("transfer", ({ to, amount, text } = {}, done) => {
    if (o.answer !== "yes" || !done) return undefined;
    if (!(amount > 0)) return done({ code: "E_AMOUNT", message: "the amount must be positive" });
    if (amount > balance) return done({ code: "E_FUNDS", message: "insufficient funds" });
    balance -= amount;
    return done(null, { to, amount, text, booked: true });
  });
});
serve(server);
