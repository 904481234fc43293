// A small reverse proxy that speaks bytes: balances per request or per connection, and can hold up what goes through.
const http = require("http");
const net = require("net");
const { options, list, serve } = require("./program");

const o = options({ upstream: "", balance: "round-robin", upgrade: "yes", frames: "yes", delay: "0", cookie: "SERVERID", strip: "", limit: "", post: "", cache: "", options: "" });
const nodes = list(o.upstream).map((url) => new URL(url));
let turn = 0;

function choose(request) {
  if (o.balance === "cookie") {
    const match = new RegExp(`${o.cookie}=(\\d+)`).exec(request.headers.cookie || "");
    if (match) return Number(match[1]);
  }
  if (o.balance === "sid") { // by the session in the query, else by turns: no affinity between handshake and session
    const sid = new URL(request.url, "http://x").searchParams.get("sid");
    if (sid) return sid.charCodeAt(0) % nodes.length;
  }
  if (o.balance === "transport") return request.headers.upgrade ? 1 : 0; // a location of its own for WebSocket
  if (o.balance === "hash") return 0;
  turn += 1;
  return turn % nodes.length;
}

const store = new Map(); // cache=path: of each path one answer, whatever its query; cache=url: of each whole URL

const keyOf = (request) => (o.cache === "path" ? request.url.split("?")[0] : request.url);

function cached(request, response) {
  const kept = o.cache && request.method === "GET" && store.get(keyOf(request));
  if (!kept) return false;
  response.writeHead(200, { ...kept.headers, age: "1", "x-cache": "HIT", via: "1.1 lab-cache" }).end(kept.body);
  return true;
}

function keep(request, answer) {
  if (!o.cache || request.method !== "GET" || answer.statusCode !== 200) return;
  const parts = [];
  answer.on("data", (part) => parts.push(part));
  answer.on("end", () => store.set(keyOf(request), { headers: answer.headers, body: Buffer.concat(parts) }));
}

const web = http.createServer((request, response) => {
  if (o.post && request.method === "POST") { // a status; 200 says that all is well, and loses the packet
    request.resume();
    return response.writeHead(Number(o.post), { "content-type": "text/plain" }).end("ok");
  }
  if (o.options && request.method === "OPTIONS") { // a status, or hang: the preflight does not get through
    return o.options === "hang" ? undefined : response.writeHead(Number(o.options), { location: "/login" }).end();
  }
  if (cached(request, response)) return undefined;
  const index = choose(request);
  const { hostname, port } = nodes[index];
  const headers = { ...request.headers };
  if (o.upgrade !== "yes") delete headers.upgrade;
  const forward = http.request({ hostname, port, path: request.url, method: request.method, headers, agent: false }, (answer) => {
    const cookies = [].concat(answer.headers["set-cookie"] || []);
    if (o.balance === "cookie") cookies.push(`${o.cookie}=${index}; Path=/; HttpOnly`);
    response.writeHead(answer.statusCode, { ...answer.headers, ...(cookies.length ? { "set-cookie": cookies } : {}) });
    answer.pipe(response);
    keep(request, answer);
  });
  forward.on("error", () => response.headersSent ? response.destroy() : response.writeHead(502, { server: "proxy" }).end("Bad Gateway"));
  response.on("close", () => forward.destroy());
  request.pipe(forward);
  return undefined;
});

web.on("upgrade", (request, socket, head) => {
  socket.on("error", () => {});
  if (o.upgrade === "no") return socket.end("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  if (o.upgrade === "hang") return undefined;
  const { hostname, port } = nodes[choose(request)];
  const upstream = net.connect(Number(port), hostname, () => {
    const lines = [`${request.method} ${request.url} HTTP/1.1`];
    for (let i = 0; i < request.rawHeaders.length; i += 2) lines.push(`${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}`);
    upstream.write(`${lines.join("\r\n")}\r\n\r\n`);
    if (head.length) upstream.write(head);
    if (o.frames === "no") { // the 101 goes through, no frame does
      upstream.once("data", (bytes) => socket.write(bytes));
    } else {
      upstream.pipe(socket);
      socket.pipe(upstream);
    }
  });
  upstream.on("error", () => socket.destroy());
  upstream.on("close", () => socket.destroy());
  socket.on("close", () => upstream.destroy());
  return undefined;
});
serve(web);
