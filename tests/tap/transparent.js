// A web application with everything that a proxy can spoil: redirects, cookies, compression, chunks, an upgrade, a page.
const crypto = require('crypto');
const http = require('http');
const https = require('https');
const fs = require('fs');
const zlib = require('zlib');
const { Server } = require('socket.io');
const { options, serve } = require('../lab/servers/program');

const o = options({ pfx: '' });
const hash = (bytes) => crypto.createHash('sha256').update(bytes).digest('hex');
const blob = (size) => { const bytes = Buffer.alloc(size); let x = 12345; for (let i = 0; i < size; i++) { x = (x * 1103515245 + 12345) & 0x7fffffff; bytes[i] = x >> 16; } return bytes; };
const PAGE = `<!doctype html><title>loaded</title><script src="/socket.io/socket.io.js"></script><script>
const socket = io(); let got = 0;
socket.on('said', () => { got += 1; document.title = 'received ' + got; });
socket.on('connect', async () => {
  const rest = await (await fetch('/whoami')).json();
  document.body.dataset.cookie = rest.cookie;
  for (let i = 0; i < 5; i++) socket.emit('say', { text: 'from the page ' + i });
});
</script><body></body>`;

async function answer(request, response) {
  const url = new URL(request.url, 'http://x');
  const body = await new Promise((resolve) => { const parts = []; request.on('data', (part) => parts.push(part)); request.on('end', () => resolve(Buffer.concat(parts))); });
  const size = Number(url.searchParams.get('size') ?? 0);
  const json = (value, headers = {}) => response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
  switch (url.pathname) {
    case '/page': return response.writeHead(200, { 'content-type': 'text/html', 'set-cookie': [`seen=yes; Path=/; HttpOnly${o.pfx ? '; Secure; SameSite=None' : ''}; Domain=127.0.0.1`] }).end(PAGE);
    case '/blob': return response.writeHead(200, { 'content-length': size }).end(blob(size));
    case '/chunks': { response.writeHead(200, { trailer: 'x-sum' }); const bytes = blob(size); for (let at = 0; at < size; at += 7777) response.write(bytes.subarray(at, at + 7777)); response.addTrailers({ 'x-sum': hash(bytes) }); return response.end(); }
    case '/gzip': return response.writeHead(200, { 'content-encoding': 'gzip' }).end(zlib.gzipSync(blob(size)));
    case '/hash': return json({ hash: hash(body), length: body.length, chunked: request.headers['transfer-encoding'] ?? '' });
    case '/redirect': return response.writeHead(302, { location: `${o.pfx ? 'https' : 'http'}://${request.headers.host}/whoami?after=redirect` }).end();
    case '/whoami': return json({ host: request.headers.host, origin: request.headers.origin ?? '', cookie: request.headers.cookie ?? '', url: request.url, names: request.rawHeaders.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase()).sort() });
    case '/close': return response.writeHead(200, { connection: 'close' }).end('until the end');
    case '/status': return response.writeHead(418, 'I am a teapot').end('short and stout');
    default: return response.writeHead(404).end();
  }
}

const server = o.pfx ? https.createServer({ pfx: fs.readFileSync(o.pfx), passphrase: 'changeit' }, answer) : http.createServer(answer);
const io = new Server(server, { allowEIO3: true, destroyUpgrade: false, perMessageDeflate: { threshold: 64 }, maxHttpBufferSize: 2e7 });
io.on('connection', (socket) => {
  socket.on('say', (message, done) => { io.emit('said', message); done?.('ok'); });
  socket.on('bytes', (bytes, done) => done(hash(bytes), bytes));
});
server.on('upgrade', (request, socket) => {
  if (!request.url.startsWith('/raw')) return;
  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: anything\r\nConnection: Upgrade\r\n\r\n');
  socket.pipe(socket); // whatever comes goes back, frames or none
  socket.on('error', () => {});
});
serve(server, { scheme: o.pfx ? 'https' : 'http' });
