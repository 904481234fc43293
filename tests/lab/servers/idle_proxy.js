// A proxy of bytes that ends connections by a timer: those that are quiet (idle), or those that are old (age); in milliseconds.
const net = require("net");
const { options, serve } = require("./program");

const o = options({ upstream: "", idle: "0", age: "0", how: "fin" });
const { hostname, port } = new URL(o.upstream);

const end = (socket) => (o.how === "rst" ? socket.resetAndDestroy() : socket.end());

serve(net.createServer((client) => {
  const server = net.connect(Number(port), hostname);
  const close = () => {
    end(client);
    server.destroy();
  };
  let timer = null;
  const traffic = () => {
    if (o.idle === "0") return;
    clearTimeout(timer);
    timer = setTimeout(close, Number(o.idle));
  };
  if (o.age !== "0") setTimeout(close, Number(o.age));
  traffic();
  for (const [from, to] of [[client, server], [server, client]]) {
    from.on("data", (bytes) => {
      traffic();
      to.write(bytes);
    });
    from.on("error", () => to.destroy());
    from.on("end", () => to.end());
    from.on("close", () => {
      clearTimeout(timer);
      to.destroy();
    });
  }
}));
