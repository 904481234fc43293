// usage: node mpm.cjs URL: a claude-mpm dashboard, its events as one JSON array of [name, data] once `last` has come.
const [, , url] = process.argv;
const { io } = require("socket.io-client");
const socket = io(url, {
  transports: ["polling", "websocket"], upgrade: true, reconnection: true, reconnectionDelay: 1000, reconnectionAttempts: 10, timeout: 20000,
});
const received = [];
socket.on("connect", () => console.log("CONNECTED"));
socket.on("connect_error", (error) => console.log("REFUSED " + error.message));
socket.onAny((event, data) => {
  received.push([event, data]);
  if (data.subtype === "last") {
    console.log("RESULT " + JSON.stringify(received));
    process.exit();
  }
});
