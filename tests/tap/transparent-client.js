// Asks the same of a server directly and through the tap, and compares byte for byte.
const crypto = require('crypto');
const http = require('http');
const https = require('https');
const net = require('net');
const assert = require('assert');
const { io } = require('socket.io-client');

const [tap, server] = process.argv.slice(2);
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
const hash = (bytes) => crypto.createHash('sha256').update(bytes).digest('hex');
const agents = new Map([tap, server].map((url) => [url, new (url.startsWith('https') ? https : http).Agent({ keepAlive: true, maxSockets: 1 })]));

const ask = (base, path, { method = 'GET', body, headers = {} } = {}) => new Promise((resolve, reject) => {
  const request = (base.startsWith('https') ? https : http).request(base + path, { method, headers, agent: agents.get(base) }, (response) => {
    const parts = [];
    response.on('data', (part) => parts.push(part));
    response.on('end', () => resolve({ status: response.statusCode, reason: response.statusMessage, names: response.rawHeaders.filter((_, i) => i % 2 === 0), length: response.headers['content-length'], coding: response.headers['transfer-encoding'], location: response.headers.location, cookies: response.headers['set-cookie'], trailers: response.trailers, body: Buffer.concat(parts) }));
  });
  request.on('error', reject);
  if (Array.isArray(body)) body.forEach((part) => request.write(part)); else if (body) request.write(body);
  request.end();
});

/** Random bytes over an upgraded connection, and what comes back. */
const raw = (base) => new Promise((resolve, reject) => {
  const { hostname, port } = new URL(base);
  const sent = crypto.randomBytes(3_000_000);
  const parts = [];
  let size = 0;
  const socket = net.connect(Number(port), hostname, () => socket.write(`GET /raw HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: anything\r\n\r\n`));
  let head = true;
  socket.on('data', (part) => {
    if (head) { head = false; const at = part.indexOf('\r\n\r\n'); part = part.subarray(at + 4); socket.write(sent); }
    parts.push(part);
    size += part.length;
    if (size === sent.length) { socket.end(); resolve(hash(Buffer.concat(parts)) === hash(sent)); }
  });
  socket.on('error', reject);
});

const comparable = ({ body, location, cookies, ...rest }) => ({ ...rest, body: hash(body) });

(async () => {
  const checked = [];
  for (const [path, options] of [
    ['/blob?size=0'], ['/blob?size=1'], ['/blob?size=3000000'], ['/chunks?size=500000'], ['/gzip?size=400000'], ['/status'], ['/nowhere'], ['/close'],
    ['/blob?size=1000', { method: 'HEAD' }], ['/hash', { method: 'POST', body: crypto.createHash('md5').update('x').digest(), headers: { 'content-length': 16 } }],
    ['/hash', { method: 'PUT', body: ['a'.repeat(70000), 'b'.repeat(70000)] }], ['/hash', { method: 'POST', body: 'z'.repeat(2_000_000), headers: { expect: '100-continue' } }],
    ['/socket.io/?EIO=4&transport=nonsense'],
  ]) {
    assert.deepStrictEqual(comparable(await ask(tap, path, options)), comparable(await ask(server, path, options)), path);
    checked.push(path);
  }
  const there = JSON.parse((await ask(tap, '/whoami', { headers: { origin: tap, cookie: 'a=b' } })).body);
  assert.strictEqual(there.host, new URL(server).host);
  assert.strictEqual(there.origin, server);
  assert.deepStrictEqual(there.names, JSON.parse((await ask(server, '/whoami', { headers: { origin: tap, cookie: 'a=b' } })).body).names);
  assert.strictEqual((await ask(tap, '/redirect')).location, `${tap}/whoami?after=redirect`);
  assert.strictEqual((await ask(tap, '/page')).cookies[0].includes('Domain') || (await ask(tap, '/page')).cookies[0].includes('Secure'), false);
  if (!server.startsWith('https')) assert.ok(await raw(tap), 'raw bytes');
  for (const transports of [['websocket'], ['polling'], ['polling', 'websocket']]) {
    const socket = io(tap, { transports, forceNew: true, perMessageDeflate: { threshold: 64 } });
    for (const size of [0, 1, 200, 70_000, 1_500_000]) {
      const bytes = crypto.randomBytes(size);
      const [there, back] = await new Promise((resolve) => socket.emit('bytes', bytes, (...all) => resolve(all)));
      assert.strictEqual(there, hash(bytes));
      assert.strictEqual(hash(back), hash(bytes));
    }
    const text = 'ä€🙂 "\\ \n'.repeat(20_000);
    assert.strictEqual(await new Promise((resolve) => socket.emit('say', { text }, resolve)), 'ok');
    socket.disconnect();
    checked.push(transports.join());
  }
  console.log(`DONE ${JSON.stringify({ checked: checked.length })}`);
  process.exit(0);
})().catch((error) => { console.error(error); process.exit(1); });
