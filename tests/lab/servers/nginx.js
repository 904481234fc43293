// nginx in front of the given nodes, as people configure it and as they get it wrong.
const fs = require("fs");
const path = require("path");
const { options, list, run } = require("./program");

const o = options({ upstream: "", upgrade: "yes", balance: "", body: "1m", prefix: "/", location: "", patience: "60s", pem: "", next: "error", methods: "", most: "0", ca: "", fault: "" });

/** What stands in the http block, the server and the location; a listen option. */
const FAULTS = {
  h2: { listen: " http2" },
  "client-certificate": { server: `ssl_client_certificate ${o.ca}; ssl_verify_client on;` },
  "client-certificate-optional": { server: `ssl_client_certificate ${o.ca}; ssl_verify_client optional;` },
  limit: { http: "limit_req_zone $binary_remote_addr zone=few:1m rate=6r/m;", location: "limit_req zone=few burst=3 nodelay; limit_req_status 429;" },
  "limit-words": {
    http: "limit_req_zone $binary_remote_addr zone=few:1m rate=6r/m;",
    server: "error_page 503 @slow; location @slow { return 503 '{\"error\":\"rate limit exceeded\"}'; }",
    location: "limit_req zone=few burst=8 nodelay;",
  },
  "limit-high": { http: "limit_req_zone $binary_remote_addr zone=many:1m rate=100r/s;", location: "limit_req zone=many burst=500 nodelay; limit_req_status 429;" },
  cache: {
    http: `proxy_cache_path CACHE keys_zone=c:1m;`,
    location: "proxy_cache c; proxy_cache_key $uri; proxy_cache_valid 200 10s; proxy_ignore_headers Cache-Control Expires Set-Cookie Vary; add_header X-Cache-Status $upstream_cache_status;",
  },
  "cache-whole-url": { http: `proxy_cache_path CACHE keys_zone=c:1m;`, location: "proxy_cache c; proxy_cache_valid 200 10s; add_header X-Cache-Status $upstream_cache_status;" },
  "origin-twice": { location: "add_header Access-Control-Allow-Origin $http_origin always;" },
  "preflight-404": { location: "if ($request_method = OPTIONS) { return 404; }" },
  "preflight-redirect": { location: "if ($request_method = OPTIONS) { return 302 /login; }" },
  "no-slash": { server: "absolute_redirect off; location ~ ^(?<bare>/.+)/$ { return 308 $bare$is_args$args; }" },
  proto: { location: "proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Forwarded-Host $http_host;" },
};

function configuration(port, folder) {
  const fault = { listen: "", http: "", server: "", location: "", ...FAULTS[o.fault] };
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
  ${fault.http.replace("CACHE", `${folder}/cache`)}
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  map $http_upgrade $connection_upgrade { default upgrade; '' close; }
${o.most !== "0" ? "  limit_conn_zone $binary_remote_addr zone=clients:1m;\n" : ""}  upstream nodes {
${o.balance ? `    ${o.balance};\n` : ""}${servers}
  }
  server {
    listen 127.0.0.1:${port}${o.pem ? " ssl" : ""}${fault.listen};
${tls}
    client_max_body_size ${o.body};
${o.most !== "0" ? `    limit_conn clients ${o.most};\n` : ""}    ${fault.server}
    location ${o.prefix} {
      ${fault.location}
      proxy_pass http://nodes${o.location};
      proxy_read_timeout ${o.patience};
      proxy_next_upstream ${o.next};
${o.methods ? `      limit_except ${o.methods} { deny all; }\n` : ""}      proxy_set_header Host $http_host;
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
