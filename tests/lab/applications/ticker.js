// Stock prices: a stream that only emits. It takes no event of anybody.
const http = require("http");
const { Server } = require("socket.io");
const { options, serve } = require("../servers/program");

const o = options({ every: "200", report: "0" });
const server = http.createServer();
const io = new Server(server, { cors: { origin: "*" } });
const prices = { ACME: 100, INITECH: 42, HOOLI: 311 };

setInterval(() => {
  for (const symbol of Object.keys(prices)) prices[symbol] = Math.max(1, prices[symbol] + Math.random() - 0.5);
  io.emit("prices", { at: Date.now(), prices });
}, Number(o.every));

if (o.report !== "0") setTimeout(report, Number(o.report));

/** Is computed on the event loop, for as long as it rests between. */
function report() {
  const end = Date.now() + Number(o.report);
  while (Date.now() < end);
  setTimeout(report, Number(o.report));
}
io.on("connection", (socket) => socket.emit("prices", { at: Date.now(), prices }));
serve(server);
