// Runs another server program of this folder and starts it again whenever it ends, as Docker, PM2 and nodemon do.
// supervised PROGRAM OPTION… ; with kept=yes this process keeps the port open meanwhile, as a cluster's primary does.
const cluster = require("cluster");
const net = require("net");
const path = require("path");
const { spawn } = require("child_process");
const { endWithParent } = require("./program");

const AGAIN_MS = 300;
const [program, ...words] = process.argv.slice(2);
const given = words.filter((word) => word !== "kept=yes");
const commands = { python: ["/usr/bin/python3", "python_server.py"], uvicorn: ["/usr/bin/python3", "python_server.py", "web=uvicorn"] };
let child;
let told = false;

function tell(line) {
  if (!told) console.log(line);
  told = true;
}

function spawned(port) {
  const [command, ...file] = commands[program] || ["node", path.join(__dirname, `${program}.js`)];
  child = spawn(command, [...file, ...given, `port=${port}`], { cwd: __dirname, stdio: ["pipe", "pipe", "inherit"] });
  child.stdout.on("data", (bytes) => String(bytes).split("\n").filter((line) => line.startsWith("READY ")).forEach(tell));
  child.on("exit", () => setTimeout(() => spawned(port), AGAIN_MS));
}

function forked(port) {
  cluster.setupPrimary({ exec: path.join(__dirname, `${program}.js`), args: [...given, `port=${port}`], silent: true });
  cluster.fork();
  cluster.on("listening", () => tell(`READY http://127.0.0.1:${port}`));
  cluster.on("exit", () => cluster.fork());
}

const probe = net.createServer().listen(0, "127.0.0.1", () => {
  const { port } = probe.address();
  probe.close(() => (words.includes("kept=yes") ? forked(port) : spawned(port)));
});
endWithParent(() => child?.kill("SIGKILL"));
