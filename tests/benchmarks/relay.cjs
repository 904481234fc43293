// How fast events are relayed: one sender, eight dashboards, one namespace, the same client for every server.
// usage: node relay.cjs [--events N] [--dashboards N] [--rounds N] [--window N] [--only NAME]
// Prints deliveries a second, latency, and what the server used: CPU seconds and resident memory (Linux).
// The client is a bare WebSocket, so that the server is what is measured; on two cores each has one.
const { spawn } = require("child_process");
const { existsSync, openSync, readFileSync, mkdtempSync, statSync, rmSync } = require("fs");
const os = require("os");
const path = require("path");
const WebSocket = require("ws");

const option = (name, otherwise) => {
  const at = process.argv.indexOf("--" + name);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const EVENTS = option("events", 20000), DASHBOARDS = option("dashboards", 8), ROUNDS = option("rounds", 3);
const ONLY = process.argv.includes("--only") ? process.argv[process.argv.indexOf("--only") + 1] : "";
const WINDOW = option("window", 500);
const root = path.resolve(__dirname, "../..");
const folder = mkdtempSync(path.join(os.tmpdir(), "relay-"));
const record = path.join(folder, "record.jsonl");
const jbang = path.join(root, "jbang");
const SERVERS = [
  ["node socket.io", process.execPath, [path.join(__dirname, "node-server.cjs")]],
  ["netty-socketio as it comes", jbang, [path.join(__dirname, "BareNettySocketio.java")]],
  ["monitor", jbang, [path.join(root, "scripts/ServerMonitor.java"), "--port", "0", "--event", "nothing"]],
  ["monitor --record", jbang, [path.join(root, "scripts/ServerMonitor.java"), "--port", "0", "--event", "nothing", "--record", record]],
  ["monitor, console and record on", jbang, [path.join(root, "scripts/ServerMonitor.java"), "--port", "0", "--record", record + ".2"], path.join(folder, "console")],
];

/** @param console a file for standard output, where there is much of it: reading it would cost the clients their time */
function start([name, command, args, console]) {
  return new Promise((resolve, reject) => {
    const stdout = console ? openSync(console, "w") : "pipe";
    const child = spawn(command, args, { stdio: ["ignore", stdout, "inherit"], env: { ...process.env, NODE_PATH: path.join(root, "tests/node_modules") } });
    const look = console && setInterval(() => {
      const url = /http:\/\/[\d.:]+/.exec(readFileSync(console, "latin1"));
      if (url) { clearInterval(look); resolve({ name, child, url: url[0] }); }
    }, 50);
    if (console) return;
    let out = "";
    child.stdout.on("data", (data) => {
      out += data;
      const url = /http:\/\/[\d.:]+/.exec(out);
      if (url) resolve({ name, child, url: url[0] });
    });
    child.on("exit", (code) => reject(new Error(name + " ended with " + code)));
  });
}

function join(url, onEvent) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket");
    socket.on("error", reject);
    socket.on("message", (data, binary) => {
      const text = data.toString("latin1");
      if (text.startsWith("42")) onEvent(text);
      else if (text === "2") socket.send("3");
      else if (text.startsWith("0")) socket.send('40/hook,{"token":"dev-token"}');
      else if (text.startsWith("40/hook")) resolve(socket);
    });
  });
}

const usage = (pid) => {
  const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1].split(" ");
  const rss = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "latin1"));
  return { cpu: (Number(fields[11]) + Number(fields[12])) / 100, rss: Number(rss[1]) / 1024 };
};

async function measure(server) {
  let delivered = 0, seen = 0, sent = 0, sender, done;
  const latencies = [];
  const finished = new Promise((resolve) => (done = resolve));
  const now = () => Number(process.hrtime.bigint() / 1000n);
  const pump = () => {
    while (sent < EVENTS && sent - seen < WINDOW) {
      sender.send(`42/hook,["user_prompt",{"n":${sent++},"t":${now()},"prompt":"Why is the sky blue, and not green?","session_id":"benchmark"}]`);
    }
  };
  const receive = (first) => (text) => {
    delivered++;
    if (first) {
      seen++;
      if (seen % 8 === 0) latencies.push(now() - Number(/"t":(\d+)/.exec(text)[1]));
      if (seen % 50 === 0) pump();
    }
    if (delivered === EVENTS * DASHBOARDS) done();
  };
  const sockets = [];
  for (let i = 0; i < DASHBOARDS; i++) sockets.push(await join(server.url, receive(i === 0)));
  sender = sockets[DASHBOARDS - 1]; // the sender is in the room too, as the echo flow has it
  const before = usage(server.child.pid), start = now();
  pump();
  await finished;
  const seconds = (now() - start) / 1e6, after = usage(server.child.pid);
  sockets.forEach((socket) => socket.terminate());
  latencies.sort((a, b) => a - b);
  const at = (share) => (latencies[Math.floor(latencies.length * share)] / 1000).toFixed(1);
  return { server: server.name, "deliveries/s": Math.round(delivered / seconds), "p50 ms": at(0.5), "p99 ms": at(0.99),
    "server CPU s": (after.cpu - before.cpu).toFixed(2), "RSS MB": Math.round(after.rss) };
}

(async () => {
  const servers = [];
  try {
    for (const server of SERVERS.filter(([name]) => name.includes(ONLY))) servers.push(await start(server));
    for (let round = 1; round <= ROUNDS; round++) {
      const rows = [];
      for (const server of servers) rows.push(await measure(server));
      console.log(`round ${round} of ${ROUNDS}: ${EVENTS} events to ${DASHBOARDS} dashboards`);
      console.table(rows);
    }
    if (existsSync(record)) console.log("record: " + Math.round(statSync(record).size / 1e6) + " MB");
  } finally {
    servers.forEach((server) => { server.child.removeAllListeners("exit"); server.child.kill(); });
    rmSync(folder, { recursive: true });
  }
})();
