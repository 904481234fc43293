// The echo flow, and the ways in which a server gets it wrong, for Socket.IO 2 and 4 alike.
// An event E in /n comes back as echo_E to room n_room of /n, with echoed_at and original_sender added.
const NAMESPACES = "/system,/session,/claude,/agent,/hook,/todo,/memory,/log";

exports.NAMESPACES = NAMESPACES;

exports.roomOf = (namespace) => `${namespace.name.slice(1) || "default"}_room`;

/** What is relayed: name, data and delay, one entry a delivery. */
const FAULTS = {
  none: (event) => [event],
  lost: (event) => (event.number % 5 === 3 ? [] : [event]),
  twice: (event) => [event, event],
  reordered: (event) => [{ ...event, delay: event.number % 2 ? 60 : 0 }],
  altered: (event) => [{ ...event, data: { ...event.data, prompt: "changed", tool: undefined, id: undefined, seq: "0" } }],
  fieldless: (event) => [{ ...event, data: { echoed_at: event.data.echoed_at, original_sender: event.data.original_sender } }],
  truncated: (event) => [{ ...event, data: truncate(event.data) }],
  mangled: (event) => [{ ...event, data: JSON.parse(Buffer.from(JSON.stringify(event.data)).toString("latin1")) }],
  slow: (event) => [{ ...event, delay: 1500 }],
  renamed: (event) => [{ ...event, name: event.name.replace("echo_", "relayed_") }],
};

exports.FAULTS = Object.keys(FAULTS);

function truncate(data) {
  return Object.fromEntries(Object.entries(data).map(([key, value]) =>
    [key, typeof value === "string" && !key.startsWith("o") && !key.startsWith("e") ? value.slice(0, 3) : value]));
}

let number = 0; // of the events since the server started: the faults hit by it

let pending = []; // relay=volatile: sent at once, twenty times a second; of those in one tick each client gets the first
let ticking;
function tick() {
  pending.forEach(({ namespace, room, event, data }) => namespace.volatile.to(room).emit(event, data));
  pending = [];
}

let first = 0; // handlers=N: whatever comes in the first N milliseconds after the first event meets no handler
function tooEarly(o) {
  first = first || Date.now();
  return Date.now() - first < Number(o.handlers || 0);
}

/** Has every event of the socket answered as the options say. */
exports.attach = (io, namespace, socket, o) => {
  const room = exports.roomOf(namespace);
  if (o.room === "join") {
    socket.join(room);
  } else if (o.room === "later") {
    setTimeout(() => socket.join(room), 300); // it looks up first which rooms the client may see
  }
  exports.onEvery(socket, (name, data, ack) => {
    if (name === "join_room" || name === "leave_room") {
      return joinRoom(socket, name, data, ack, o);
    }
    if (tooEarly(o) || o.deaf === "all" || exports.listOf(o.deaf).includes(name)) {
      return undefined;
    }
    if (o.throws === "exit") {
      process.exit(1); // what an uncaught exception does to a Node process
    }
    if (o.throws === "block" && number === 2) {
      const end = Date.now() + 3000;
      while (Date.now() < end);
    }
    if (o.throws === "yes") {
      throw new Error("handler failed on purpose");
    }
    if (ack && o.ack !== "no") {
      ack({ status: "ok", event: name });
    }
    number += 1;
    const echo = { ...data, echoed_at: new Date().toISOString(), original_sender: socket.id };
    const kind = exports.listOf(o.where).includes(namespace.name) || !o.where ? o.relay : "none";
    for (const event of FAULTS[kind in FAULTS ? kind : "none"]({ name: `echo_${name}`, data: echo, number })) {
      deliver(io, namespace, socket, room, event, kind);
    }
    return undefined;
  });
};

exports.listOf = (text) => text.split(",").filter(Boolean);

function joinRoom(socket, name, data, ack, o) {
  const room = typeof data === "string" ? data : data && data.room;
  if (o.room === "request" && room) {
    socket[name === "join_room" ? "join" : "leave"](room);
  }
  if (ack && o.ack !== "no") {
    ack({ status: "ok" });
  }
}

function deliver(io, namespace, socket, room, event, kind) {
  const send = () => {
    const data = JSON.parse(JSON.stringify(event.data));
    switch (kind) {
      case "off": return;
      case "sender": socket.emit(event.name, data); return;
      case "others": socket.to(room).emit(event.name, data); return;
      case "elsewhere": io.of("/log").emit(event.name, data); return;
      case "default": io.of("/").emit(event.name, data); return;
      case "volatile":
        pending.push({ namespace, room, event: event.name, data });
        ticking = ticking || setInterval(tick, 50);
        return;
      default: namespace.to(room).emit(event.name, data);
    }
  };
  event.delay ? setTimeout(send, event.delay) : send();
}
