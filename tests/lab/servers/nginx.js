// nginx in front of the given nodes, as people configure it and as they get it wrong.
const fs = require("fs");
const path = require("path");
const { options, list, run } = require("./program");

const o = options({ upstream: "", upgrade: "yes", balance: "", body: "1m", prefix: "/", location: "", patience: "60s", pem: "", next: "error", methods: "" });

function configuration(port, folder) {
  const servers = list(o.upstream).map((url) => `    server ${new URL(url).host} max_fails=0;`).join("\n");
  const connection = o.upgrade === "always" ? "upgrade" : "$connection_upgrade";
  const upgrade = o.upgrade !== "no"
    ? `      proxy_http_version 1.1;\n      proxy_set_header Upgrade $http_upgrade;\n      proxy_set_header Connection ${connection};`
    : "";
  const tls = o.pem ? `    ssl_certificate ${o.pem};\n    ssl_certificate_key ${o.pem};` : "";
  return `daemon off;
master_process off;
pid ${folder}/pid;
error_log ${folder}/error.log;
events { worker_connections 256; }
http {
  access_log off;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  map $http_upgrade $connection_upgrade { default upgrade; '' close; }
  upstream nodes {
${o.balance ? `    ${o.balance};\n` : ""}${servers}
  }
  server {
    listen 127.0.0.1:${port}${o.pem ? " ssl" : ""};
${tls}
    client_max_body_size ${o.body};
    location ${o.prefix} {
      proxy_pass http://nodes${o.location};
      proxy_read_timeout ${o.patience};
      proxy_next_upstream ${o.next};
${o.methods ? `      limit_except ${o.methods} { deny all; }\n` : ""}      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
${upgrade}
    }
  }
}
`;
}

run((port, folder) => {
  fs.writeFileSync(path.join(folder, "nginx.conf"), configuration(port, folder));
  return ["nginx", "-p", folder, "-c", "nginx.conf", "-e", path.join(folder, "error.log")];
}, o.pem ? "https" : "http");
