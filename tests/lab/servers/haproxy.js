// HAProxy in front of the given nodes: with or without affinity, and with the time-outs that cut quiet connections.
const fs = require("fs");
const path = require("path");
const { options, list, run } = require("./program");

const o = options({ upstream: "", balance: "roundrobin", cookie: "no", tunnel: "60s", retries: "3" });

const servers = () => list(o.upstream).map((url, index) =>
  `  server n${index} ${new URL(url).host}${o.cookie === "yes" ? ` cookie n${index}` : ""}`).join("\n");

const configuration = (port) => `defaults
  mode http
  timeout connect 2s
  timeout client 60s
  timeout server 60s
  timeout tunnel ${o.tunnel}
  retries ${o.retries}
listen lab
  bind 127.0.0.1:${port}
  balance ${o.balance}
${o.cookie === "yes" ? "  cookie SERVERID insert indirect nocache\n" : ""}${servers()}
`;

run((port, folder) => {
  fs.writeFileSync(path.join(folder, "haproxy.cfg"), configuration(port));
  return ["haproxy", "-f", path.join(folder, "haproxy.cfg"), "-db"];
});
