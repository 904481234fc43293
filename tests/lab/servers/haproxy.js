// HAProxy in front of the given nodes: with or without affinity, and with the time-outs that cut quiet connections.
const fs = require("fs");
const path = require("path");
const { options, list, run } = require("./program");

const o = options({ upstream: "", balance: "roundrobin", cookie: "no", tunnel: "60s", retries: "3", most: "2000", pem: "", ca: "", tls: "", fault: "" });

/** What stands on the bind line, and in the section. */
const FAULTS = {
  h2: { bind: " proto h2" },
  "h2-tls": { bind: " alpn h2 proto h2" },
  "h2-or-1": { bind: " alpn h2,http/1.1" },
  "client-certificate": { bind: ` ca-file ${o.ca} verify required` },
  limit: {
    section: "  stick-table type ip size 1k expire 60s store http_req_rate(60s)\n  http-request track-sc0 src\n"
      + "  http-request return status 429 hdr Retry-After 60 if { sc_http_req_rate(0) gt 7 }\n",
  },
  "origin-twice": { section: "  http-response add-header Access-Control-Allow-Origin https://app.test\n" },
  preflight: { section: "  http-request deny deny_status 404 if METH_OPTIONS\n" },
};
const fault = { bind: "", section: "", ...FAULTS[o.fault] };

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
  maxconn ${o.most}
  bind 127.0.0.1:${port}${o.pem ? ` ssl crt ${o.pem}` : ""}${o.tls ? ` ssl-max-ver ${o.tls}` : ""}${fault.bind}
${fault.section}  balance ${o.balance}
${o.cookie === "yes" ? "  cookie SERVERID insert indirect nocache\n" : ""}${servers()}
`;

run((port, folder) => {
  fs.writeFileSync(path.join(folder, "haproxy.cfg"), configuration(port));
  return ["haproxy", "-f", path.join(folder, "haproxy.cfg"), "-db"];
}, o.pem ? "https" : "http");
