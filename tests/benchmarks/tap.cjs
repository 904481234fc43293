// What the tap costs: the same clients directly and through it, side by side in one run.
// usage: node tap.cjs [--seconds N] [--events N] [--dashboards N] [--rounds N] [--connections N] [--hour N]
// Prints latency at 1,000 events a second, the highest relay rate, and the tap's memory with many connections and events.
const { spawn } = require("child_process");
const { openSync, readFileSync, mkdtempSync, rmSync, statSync } = require("fs");
const os = require("os");
const path = require("path");
const WebSocket = require("ws");

const option = (name, otherwise) => {
  const at = process.argv.indexOf("--" + name);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const SECONDS = option("seconds", 5), EVENTS = option("events", 20000), DASHBOARDS = option("dashboards", 8), ROUNDS = option("rounds", 3);
const CONNECTIONS = option("connections", 1000), HOUR = option("hour", 360000), RATE = 1000, WINDOW = 500;
const root = path.resolve(__dirname, "../..");
const folder = mkdtempSync(path.join(os.tmpdir(), "tap-"));
const env = { ...process.env, NODE_PATH: path.join(root, "tests/node_modules") };
const children = [];

/** Standard output goes to a file: reading it would cost the clients their time. */
function start(name, command, args) {
  const out = path.join(folder, name);
  const child = spawn(command, args, { stdio: ["ignore", openSync(out, "w"), "inherit"], env });
  children.push(child);
  return new Promise((resolve, reject) => {
    const look = setInterval(() => {
      const url = /http:\/\/[\d.:]+/.exec(readFileSync(out, "latin1"));
      if (url) { clearInterval(look); resolve({ url: url[0], pid: child.pid }); }
    }, 50);
    child.on("exit", (code) => reject(new Error(`${name} ended with ${code}`)));
  });
}

const now = () => Number(process.hrtime.bigint() / 1000n);
const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const usage = (pid) => {
  const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1].split(" ");
  return { cpu: (Number(fields[11]) + Number(fields[12])) / 100, rss: Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "latin1"))[1]) / 1024) };
};

function join(url, onEvent) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket");
    socket.on("error", reject);
    socket.on("message", (data) => {
      const text = data.toString("latin1");
      if (text.startsWith("42")) onEvent(text);
      else if (text === "2") socket.send("3");
      else if (text.startsWith("0")) socket.send("40/hook,");
      else if (text.startsWith("40/hook")) resolve(socket);
    });
  });
}

const event = (n) => `42/hook,["user_prompt",{"n":${n},"t":${now()},"prompt":"Why is the sky blue, and not green? ${n}","session_id":"benchmark"}]`;
const at = (sorted, share) => (sorted[Math.floor(sorted.length * share)] / 1000).toFixed(2);

/** One sender, one receiver, a steady rate. */
async function latency(url) {
  const latencies = [];
  const receiver = await join(url, (text) => latencies.push(now() - Number(/"t":(\d+)/.exec(text)[1])));
  const begun = now();
  for (let sent = 0; sent < SECONDS * RATE;) {
    const due = Math.min(SECONDS * RATE, Math.floor((now() - begun) * RATE / 1e6));
    while (sent < due) receiver.send(event(sent++));
    await later(1);
  }
  await later(300);
  receiver.terminate();
  latencies.sort((a, b) => a - b);
  return { received: latencies.length, "p50 ms": at(latencies, 0.5), "p99 ms": at(latencies, 0.99) };
}

/** As fast as it goes, with a bounded number under way. */
async function rate(url, events) {
  let delivered = 0, seen = 0, sent = 0, sender, done;
  const finished = new Promise((resolve) => (done = resolve));
  const pump = () => { while (sent < events && sent - seen < WINDOW) sender.send(event(sent++)); };
  const sockets = [];
  for (let i = 0; i < DASHBOARDS; i++) {
    sockets.push(await join(url, () => {
      delivered++;
      if (i === 0 && ++seen % 50 === 0) pump();
      if (delivered === events * DASHBOARDS) done();
    }));
  }
  sender = sockets[DASHBOARDS - 1];
  const begun = now();
  pump();
  await finished;
  sockets.forEach((socket) => socket.terminate());
  return Math.round(delivered / ((now() - begun) / 1e6));
}

(async () => {
  try {
    const server = await start("server", process.execPath, [path.join(__dirname, "node-server.cjs")]);
    const tap = await start("tap", path.join(root, "jbang"), [path.join(root, "scripts/Tap.java"), "--to", server.url, "--record", path.join(folder, "record.jsonl"), "--event", "nothing"]);
    for (let round = 1; round <= ROUNDS; round++) {
      const rows = [];
      for (const [name, url] of [["directly", server.url], ["through the tap", tap.url]]) {
        const steady = await latency(url);
        const before = usage(tap.pid), beforeServer = usage(server.pid);
        const most = await rate(url, EVENTS);
        rows.push({ way: name, ...steady, "deliveries/s": most, "server CPU s": (usage(server.pid).cpu - beforeServer.cpu).toFixed(2), "tap CPU s": (usage(tap.pid).cpu - before.cpu).toFixed(2) });
      }
      console.log(`round ${round} of ${ROUNDS}: ${RATE} events/s for ${SECONDS} s; then ${EVENTS} events to ${DASHBOARDS} dashboards`);
      console.table(rows);
    }
    const idle = usage(tap.pid).rss;
    const many = [];
    for (let i = 0; i < CONNECTIONS; i++) many.push(await join(tap.url, () => {}));
    const connected = usage(tap.pid).rss;
    many.forEach((socket) => socket.terminate());
    await later(500);
    await rate(tap.url, HOUR / DASHBOARDS);
    console.log(`the tap's memory: ${idle} MB before, ${connected} MB with ${CONNECTIONS} connections, ${usage(tap.pid).rss} MB after ${HOUR} deliveries more`);
    console.log(`record: ${Math.round(statSync(path.join(folder, "record.jsonl")).size / 1e6)} MB; not decoded: ${(readFileSync(path.join(folder, "record.jsonl"), "latin1").match(/"kind":"malformed"/g) ?? []).length} notes`);
  } finally {
    children.forEach((child) => { child.removeAllListeners("exit"); child.kill(); });
    await later(500);
    rmSync(folder, { recursive: true });
  }
})();
