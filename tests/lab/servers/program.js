// What the lab's Node programs share: key=value options, one READY line, and an end together with whoever started them.
const fs = require("fs");
const net = require("net");
const os = require("os");
const path = require("path");
const { spawn } = require("child_process");

/** The options of the command line over their defaults; a word without '=' is switched on. */
exports.options = (defaults) => {
  const given = process.argv.slice(2).map((word) => {
    const sign = word.indexOf("=");
    return sign < 0 ? [word, "yes"] : [word.slice(0, sign), word.slice(sign + 1)];
  });
  const unknown = given.find(([name]) => !(name in defaults));
  if (unknown) {
    console.error(`unknown option ${unknown[0]}`);
    process.exit(64);
  }
  return { ...defaults, ...Object.fromEntries(given) };
};

exports.list = (text) => text.split(",").filter(Boolean);

/** Listens on a free port of loopback, says where and which credentials it takes; ends when standard input does. */
exports.serve = (server, { host = "127.0.0.1", scheme = "http", port = 0 } = {}, credentials = {}) => {
  server.listen({ port: Number(port), host, ipv6Only: host.includes(":") }, () => {
    const shown = host.includes(":") ? `[${host}]` : host === "0.0.0.0" ? "127.0.0.1" : host;
    const words = Object.entries(credentials).map(([name, value]) => ` ${name}=${value}`);
    console.log(`READY ${scheme}://${shown}:${server.address().port}${words.join("")}`);
  });
  exports.endWithParent();
};

exports.endWithParent = (cleanUp = () => {}) => {
  process.on("exit", cleanUp);
  process.stdin.resume();
  process.stdin.on("end", () => process.exit(0));
  process.on("SIGTERM", () => process.exit(0));
};

/**
 * Runs a server that is no Node program on a free port, in a folder of its own that goes with it.
 * @param command from the port and the folder to the words of its command line
 */
exports.run = async (command, scheme = "http") => {
  const port = await freePort();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "lab-"));
  const [program, ...words] = command(port, folder);
  const child = spawn(program, words, { stdio: "ignore", cwd: folder });
  child.on("exit", (code) => {
    console.error(`${program} ended with ${code}`);
    process.exit(1);
  });
  exports.endWithParent(() => {
    child.kill("SIGKILL");
    fs.rmSync(folder, { recursive: true, force: true });
  });
  untilAccepting(port, () => console.log(`READY ${scheme}://127.0.0.1:${port}`));
};

/** A port that is free now, for programs that can't choose one themselves. */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function untilAccepting(port, then) {
  const probe = net.connect(port, "127.0.0.1", () => probe.destroy() && then());
  probe.on("error", () => setTimeout(() => untilAccepting(port, then), 20));
}
