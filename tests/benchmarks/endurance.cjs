// An hour's worth of events through a recording monitor: is its memory flat, is anything lost, is the record complete?
// usage: node endurance.cjs [--events N]
const { spawn } = require("child_process");
const { createReadStream, mkdtempSync, readFileSync, rmSync, statSync } = require("fs");
const { createInterface } = require("readline");
const { once } = require("events");
const os = require("os");
const path = require("path");
const WebSocket = require("ws");

const EVENTS = process.argv.includes("--events") ? Number(process.argv[process.argv.indexOf("--events") + 1]) : 1000000;
const WINDOW = 1000;
const root = path.resolve(__dirname, "../..");
const folder = mkdtempSync(path.join(os.tmpdir(), "endurance-"));
const record = path.join(folder, "record.jsonl");

async function startMonitor() {
  const child = spawn(path.join(root, "jbang"), [path.join(root, "scripts/ServerMonitor.java"), "--port", "0", "--event", "nothing", "--record", record],
    { stdio: ["ignore", "pipe", "inherit"] });
  let out = "";
  for await (const data of child.stdout) {
    out += data;
    const url = /http:\/\/[\d.:]+/.exec(out);
    if (url) return { child, url: url[0] };
  }
  throw new Error("the monitor did not start: " + out);
}

function flood(monitor) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(monitor.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket");
    let sent = 0, received = 0;
    const pump = () => {
      while (sent < EVENTS && sent - received < WINDOW) {
        socket.send(`42/hook,["user_prompt",{"n":${sent++},"prompt":"Why is the sky blue, and not green?","session_id":"endurance"}]`);
      }
    };
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("closed after " + received)));
    socket.on("message", (data) => {
      const text = data.toString("latin1");
      if (text.startsWith("42/hook")) {
        if (!text.includes(`{"n":${received},`)) reject(new Error(`expected ${received}, got ${text.slice(0, 80)}`));
        if (++received % (EVENTS / 10) === 0) console.log(`${received} events, RSS ${rss(monitor.child.pid)} MB`);
        if (received === EVENTS) { socket.removeAllListeners("close"); socket.close(); resolve(); }
        if (received % 100 === 0) pump();
      } else if (text === "2") socket.send("3");
      else if (text.startsWith("0")) socket.send('40/hook,{"token":"dev-token"}');
      else if (text.startsWith("40/hook")) pump();
    });
  });
}

const rss = (pid) => Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "latin1"))[1]) / 1024);

async function check() {
  let received = 0, relayed = 0;
  for await (const line of createInterface({ input: createReadStream(record) })) {
    const event = JSON.parse(line);
    if (event.kind !== "event") continue;
    const expected = event.direction === "in" ? received++ : relayed++;
    if (event.args[0].n !== expected) throw new Error(`the record has ${event.args[0].n} where ${expected} belongs`);
  }
  return { received, relayed };
}

(async () => {
  const monitor = await startMonitor();
  try {
    const start = Date.now();
    await flood(monitor);
    console.log(`${EVENTS} events sent, relayed and received in their order in ${((Date.now() - start) / 1000).toFixed(1)} s`);
    monitor.child.kill("SIGINT");
    await once(monitor.child, "exit");
    const counts = await check();
    console.log(`record: ${Math.round(statSync(record).size / 1e6)} MB, ${counts.received} received and ${counts.relayed} relayed, all in order`);
    process.exitCode = counts.received === EVENTS && counts.relayed === EVENTS ? 0 : 1;
  } finally {
    monitor.child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  }
})();
