// Real servers for the page to meet: Node socket.io 4 and 2 and python-socketio, each healthy or with one fault.
const http = require('http');
const path = require('path');
const { spawn } = require('child_process');
const { once } = require('events');
const readline = require('readline');

const EIGHT = ['/system', '/session', '/claude', '/agent', '/hook', '/todo', '/memory', '/log'];
const roomOf = ns => `${ns.slice(1)}_room`;

/** How an event comes back: `echo` and `others` are the healthy ways of the two flows, the rest are faults. */
const RELAYS = {
  echo: (io, socket, event, data) => io.of(socket.nsp.name).to(roomOf(socket.nsp.name)).emit(`echo_${event}`, echo(socket, data)),
  others: (io, socket, event, data) => socket.broadcast.emit(event, data),
  'sender-only': (io, socket, event, data) => socket.emit(`echo_${event}`, echo(socket, data)),
  'wrong-event': (io, socket, event, data) => io.of(socket.nsp.name).emit(`other_${event}`, echo(socket, data)),
  'wrong-namespace': (io, socket, event, data) => io.of('/system').emit(`echo_${event}`, echo(socket, data)),
  'ack-only': () => {},
  deaf: () => {},
};
const echo = (socket, data) => ({ ...data, echoed_at: new Date().toISOString(), original_sender: socket.id });

/**
 * Starts a Socket.IO server of version 4 or 2 on a free loopback port, or on the given one.
 * @returns {{ url, io, port, close() }}
 */
async function nodeServer({ version = 4, port = 0, namespaces = EIGHT, token = 'dev-token', silent = [], relay = 'echo', joinOnly = false, cors = '*', options = {} } = {}) {
  const server = http.createServer();
  const io = version === 4
    ? new (require('socket.io').Server)(server, { cors: { origin: cors }, ...options })
    : require('socket.io-2')(server, { origins: '*:*', ...options });
  for (const ns of namespaces) {
    const space = io.of(ns);
    space.use((socket, next) => {
      if (silent.includes(ns)) return;
      const given = version === 4 ? socket.handshake.auth.token : socket.handshake.query.token;
      next(token === null || given === token ? undefined : new Error('Authentication failed: invalid token'));
    });
    space.on('connection', socket => greet(io, socket, { version, relay, joinOnly }));
  }
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { io, port: server.address().port, url: `http://127.0.0.1:${server.address().port}`, close: () => stop(io, server) };
}

function greet(io, socket, { version, relay, joinOnly }) {
  if (!joinOnly) socket.join(roomOf(socket.nsp.name));
  const handle = (event, ...args) => {
    const acknowledge = typeof args.at(-1) === 'function' ? args.pop() : () => {};
    if (event === 'join_room') return socket.join(args[0]);
    RELAYS[relay](io, socket, event, args[0]);
    if (relay !== 'deaf') acknowledge({ ok: true });
  };
  if (version === 4) socket.onAny(handle);
  else socket.use((packet, next) => { handle(...packet); next(); });
}

/** Ends every connection at once, as a killed server does. */
async function stop(io, server) {
  const closed = once(server, 'close');
  io.close();
  server.closeAllConnections();
  await closed;
}

/**
 * A chat as a tutorial builds it: no namespace, no token, an event that goes to everybody, and no acknowledgement. The
 * faults are the author's own; `seen` holds every event that reaches the application.
 */
async function chatServer({ fault = '', web = (request, response) => response.writeHead(404).end(), rules = () => {}, ...options } = {}) {
  const server = http.createServer(web);
  const io = new (require('socket.io').Server)(server, { cors: { origin: '*' }, ...options });
  const seen = [];
  const relays = { '': text => io.emit('chat message', text), 'sender-only': (text, socket) => socket.emit('chat message', text), 'wrong-event': text => io.emit('message', text), deaf: () => {}, slow: text => setTimeout(() => io.emit('chat message', text), 1500) };
  rules(io);
  io.on('connection', socket => {
    socket.onAny((...event) => seen.push(event));
    socket.on('chat message', text => relays[fault](text, socket));
    socket.on('sum', (a, b, acknowledge) => acknowledge(a + b));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { io, seen, url: `http://127.0.0.1:${server.address().port}`, close: () => stop(io, server) };
}

/** A server of another kind: what it does with a request is the fault. */
async function plainServer(onRequest, onUpgrade = (request, socket) => socket.destroy()) {
  const server = http.createServer(onRequest).on('upgrade', onUpgrade).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${server.address().port}`, close: async () => { server.closeAllConnections(); server.close(); } };
}

/** python-socketio on aiohttp, the healthy echo server; `origins` as its cors_allowed_origins. */
const pythonServer = ({ origins = '*', token = 'dev-token' } = {}) => python('python_server.py', origins, token);
/** python-socketio on aiohttp in the shape of today's claude-mpm server. */
const claudeMpmServer = (fault = '') => python('claude_mpm_like.py', fault);

async function python(program, ...options) {
  const child = spawn('/usr/bin/python3', [path.join(__dirname, program), ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(readline.createInterface({ input: child.stdout }), 'line');
  return { url: `http://127.0.0.1:${line.trim()}`, close: async () => { const exit = once(child, 'exit'); child.kill('SIGKILL'); await exit; } };
}

/** A port where nothing listens. */
async function freePort() {
  const server = http.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise(done => server.close(done));
  return port;
}

module.exports = { EIGHT, nodeServer, chatServer, pythonServer, claudeMpmServer, plainServer, freePort };
