// python-socketio in the threads of one gunicorn worker, as many as threads says.
const path = require("path");
const { options, run } = require("./program");

const o = options({ threads: "2" });

run((port) => ["/usr/bin/python3", "-m", "gunicorn", "--chdir", path.join(__dirname, "threaded"), "--workers", "1", "--threads", o.threads,
  "--bind", `127.0.0.1:${port}`, "--log-level", "critical", "app"]);
