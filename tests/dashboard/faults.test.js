// Each fault is made for real; the page must name it, and nothing but it.
const assert = require('assert/strict');
const { execFileSync } = require('child_process');
const { once } = require('events');
const { mkdtempSync, readFileSync, rmSync } = require('fs');
const https = require('https');
const { tmpdir } = require('os');
const path = require('path');
const { describe, test, before, after } = require('node:test');
const { launch, openPage } = require('./browser.js');
const { EIGHT, nodeServer, pythonServer, plainServer, freePort } = require('./servers.js');

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** Runs the page's test against the server and hands the page over once it is through. */
async function tested(server, settings, check) {
  const page = await openPage(browser, { url: server.url, ...settings });
  try {
    await page.awaitEnd();
    await check(page);
    for (const { cause, evidence, fix } of (await page.result()).diagnoses) assert.ok(evidence.length && fix, `${cause}: evidence ${JSON.stringify(evidence)}, fix ${fix}`);
    assert.deepEqual(page.troubles, []);
  } finally {
    await Promise.all([page.close(), server.close()]);
  }
}

/** The cause, and a text that the diagnosis must hold. */
const names = (cause, text, more = async () => {}) => async page => {
  assert.deepEqual(await page.causes(), [cause]);
  assert.match(await page.diagnosis(), text);
  await more(page);
};
const hopIs = (hop, tone) => async page => assert.equal((await page.hops())[hop], tone);

describe('faults', { concurrency: 3 }, () => { // they mostly wait
  test('nothing listens', async () => tested({ url: `http://127.0.0.1:${await freePort()}`, close() {} }, {}, names('connection-refused', /nothing listens/, async page => {
    const { reach, ...rest } = await page.hops();
    assert.equal(reach, 'bad');
    assert.ok(Object.values(rest).every(tone => tone === 'off'));
  })));

  test('a name without an address', async () => tested({ url: 'http://no-such-host.invalid:8765', close() {} }, {}, names('connection-refused', /host-unresolved/)));

  test('a certificate that nobody signed', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'certificate-'));
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-keyout', 'key.pem', '-out', 'cert.pem'], { cwd: folder, stdio: 'ignore' });
    const server = https.createServer({ key: readFileSync(path.join(folder, 'key.pem')), cert: readFileSync(path.join(folder, 'cert.pem')) }, (request, response) => response.end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    await tested({ url: `https://127.0.0.1:${server.address().port}`, close: () => server.close() }, {}, names('connection-refused', /certificate-untrusted/));
    rmSync(folder, { recursive: true });
  });

  test('https spoken to an http port', async () => {
    const server = await nodeServer();
    await tested({ ...server, url: server.url.replace('http', 'https') }, {}, names('tls-on-plain-port', /http is answered/));
  });

  test('an HTTP server without Socket.IO', async () => tested(await plainServer((request, response) => response.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end('<h1>hello</h1>')), {}, names('not-socketio', /<h1>hello<\/h1>/)));

  test('a proxy whose upstream is down', async () => tested(await plainServer((request, response) => response.writeHead(502, { 'Access-Control-Allow-Origin': '*' }).end('Bad Gateway')), {}, names('http-error', /502/)));

  test('a redirect', async () => tested(await plainServer((request, response) => response.writeHead(302, { 'Access-Control-Allow-Origin': '*', Location: 'https://127.0.0.1/' }).end()), {}, names('redirected', /redirect/)));

  test('a server that accepts and stays silent', async () => tested(await plainServer(() => {}), { timeout: '1' }, names('no-response', /No answer within/)));

  test('a handshake that never ends', async () => tested(await plainServer((request, response) => response.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).write('0{')), { timeout: '1' }, names('handshake-timeout', /had not ended/)));

  test('a gigabyte instead of a handshake', async () => tested(await plainServer((request, response) => {
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*' });
    const more = () => { while (response.writable && response.write('x'.repeat(1 << 16))); };
    response.on('drain', more);
    more();
  }), {}, names('not-socketio', /xxxx/)));

  test('a handshake with impossible values', async () => tested(await plainServer((request, response) => response.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end('0{"sid":"a","pingInterval":-1}')), {}, names('handshake-invalid', /pingInterval/)));

  test('a plain WebSocket server', async () => {
    const { WebSocketServer } = require('ws');
    const sockets = new WebSocketServer({ noServer: true });
    await tested(await plainServer((request, response) => response.writeHead(426, { 'Access-Control-Allow-Origin': '*' }).end('Upgrade Required'),
      (request, socket, head) => sockets.handleUpgrade(request, socket, head, peer => peer.send('welcome'))), {}, names('plain-websocket', /no Engine.IO handshake/));
  });

  test('Socket.IO 2', async () => tested(await nodeServer({ version: 2 }), {}, names('engine-version-mismatch', /Socket\.IO 2 server/, hopIs('handshake', 'bad'))));

  test('the wrong path, on a server that leaves it unanswered', async () => tested(await nodeServer(), { path: '/nowhere', timeout: '1' }, names('wrong-path', /answers at \/socket\.io/)));

  test('the wrong path, on a server that answers 404', async () => tested(await pythonServer(), { path: '/nowhere' }, names('wrong-path', /answers at \/socket\.io/)));

  test('CORS refuses the page, Node', async () => tested(await nodeServer({ cors: 'https://elsewhere.example' }), {}, names('origin-rejected', /origin null[^]*cors: \{ origin/, async page => {
    assert.equal(await page.verdict(), 'healthy'); // nobody promised that a page from disk may read the answers
    assert.equal((await page.hops()).handshake, 'info');
    assert.equal((await page.states())['/hook'], 'connected'); // the rest is still seen, over WebSocket
  })));

  test('CORS refuses the page, python-socketio: the browser can’t tell, and the page says so', async () => tested(await pythonServer({ origins: 'https://elsewhere.example' }), {}, names('origin-rejected', /origin-rejected, wrong-path or not-socketio/, async page => {
    assert.equal(await page.verdict(), 'not tested');
    assert.match((await page.result()).cannotRun, /can’t test/);
  })));

  test('the handshake is forbidden', async () => tested(await nodeServer({ options: { allowRequest: (request, done) => done(null, false) } }), {}, async page => {
    assert.equal(await page.verdict(), 'broken');
    assert.deepEqual(await page.causes(), ['handshake-forbidden']);
  }));

  test('only WebSocket is served', async () => tested(await nodeServer({ options: { transports: ['websocket'] } }), {}, names('polling-disabled', /goes on over WebSocket/, async page => assert.equal(await page.verdict(), 'degraded'))));

  test('only polling is served', async () => tested(await nodeServer({ options: { transports: ['polling'] } }), {}, names('websocket-blocked', /stays on polling/, async page => {
    assert.equal(await page.verdict(), 'degraded');
    assert.equal((await page.states())['/hook'], 'connected');
  })));

  test('a proxy that lets no upgrade through', async () => {
    const inner = await nodeServer();
    const proxy = await plainServer((request, response) => {
      const forward = require('http').request({ port: inner.port, path: request.url, method: request.method, headers: request.headers }, answer => { response.writeHead(answer.statusCode, answer.headers); answer.pipe(response); });
      forward.on('error', () => response.destroy());
      request.pipe(forward);
    });
    await tested({ url: proxy.url, close: async () => { await proxy.close(); await inner.close(); } }, {}, names('websocket-blocked', /WebSocket is refused/));
  });

  test('two nodes behind a proxy without stickiness', async () => {
    const nodes = await Promise.all([nodeServer(), nodeServer()]);
    let turn = 0;
    const proxy = await plainServer((request, response) => {
      const forward = require('http').request({ port: nodes[turn++ % 2].port, path: request.url, method: request.method, headers: request.headers }, answer => { response.writeHead(answer.statusCode, answer.headers); answer.pipe(response); });
      forward.on('error', () => response.destroy());
      request.pipe(forward);
    });
    await tested({ url: proxy.url, close: async () => { await proxy.close(); await Promise.all(nodes.map(node => node.close())); } }, {}, async page => {
      assert.equal((await page.causes())[0], 'sticky-session-missing');
      assert.match(await page.diagnosis(), /Session ID unknown/);
    });
  });

  test('a wrong token, Node', async () => tested(await nodeServer({ token: 'another' }), {}, names('token-rejected', /invalid token/, async page => {
    assert.deepEqual(await page.states(), Object.fromEntries(EIGHT.map(ns => [ns, 'rejected'])));
    assert.equal((await page.hops()).auth, 'bad');
    assert.doesNotMatch(await page.page.locator('body').innerText(), /dev-token/);
  })));

  test('a wrong token, python-socketio', async () => tested(await pythonServer({ token: 'another' }), {}, names('token-rejected', /authentication failed/)));

  test('a namespace that the server does not know, Node', async () => tested(await nodeServer({ namespaces: EIGHT.filter(ns => ns !== '/todo') }), {}, names('namespace-unknown', /Invalid namespace/, async page => {
    assert.equal((await page.states())['/todo'], 'rejected');
    assert.equal((await page.states())['/hook'], 'connected');
  })));

  test('a namespace that the server does not know, python-socketio', async () => tested(await pythonServer(), { namespaces: '/hook,/nowhere' }, names('namespace-unknown', /Unable to connect/)));

  test('a namespace that stays silent', async () => tested(await nodeServer({ silent: ['/agent'] }), {}, names('namespace-silent', /\/agent/, async page => assert.equal((await page.states())['/agent'], 'timed out'))));

  test('any token is accepted', async () => tested(await nodeServer({ token: null }), {}, names('auth-not-enforced', /wrong or missing credentials/, async page => assert.equal(await page.verdict(), 'degraded'))));

  test('a payload limit of 10 kB', async () => tested(await nodeServer({ options: { maxHttpBufferSize: 10000 } }), {}, names('payload-limit', /10 kB/)));

  for (const [relay, cause] of [['deaf', 'handler-missing'], ['ack-only', 'not-relayed'], ['sender-only', 'sender-only'], ['wrong-event', 'wrong-event']]) {
    test(`an event that goes wrong: ${cause}`, async () => tested(await nodeServer({ relay }), { namespaces: '/hook' }, names(cause, /user_prompt/, async page => assert.equal(await page.verdict(), 'broken'))));
  }

  test('an event that comes back in another namespace', async () => tested(await nodeServer({ relay: 'wrong-namespace' }), { namespaces: '/hook,/system' }, names('wrong-namespace', /receiver \/system/)));

  test('a room that the dashboard must ask for', async () => tested(await nodeServer({ joinOnly: true }), { namespaces: '/hook' }, names('room-not-joined', /join_room/)));

  test('the official client says less, and the page says so', async () => tested(await nodeServer({ cors: 'https://elsewhere.example' }), { client: 'official' }, names('unexplained', /xhr poll error/)));

  test('no official client on the server', async () => tested(await pythonServer(), { client: 'official' }, names('unexplained', /ship none/, async page => assert.equal(await page.verdict(), 'not tested'))));

  for (const client of ['own', 'official']) test(`the server is killed in the middle and comes back, ${client} client`, async () => {
    const server = await nodeServer();
    const page = await openPage(browser, { url: server.url, client });
    let next;
    try {
      await page.awaitVerdict('healthy');
      await server.close();
      await page.awaitVerdict('broken');
      assert.deepEqual(await page.causes(), ['session-dropped']);
      await page.until(() => /^.*connection lost; attempt 2/.test(document.querySelector('#session-line').textContent)); // the first has failed
      assert.equal((await page.states())['/hook'], 'connection lost');
      next = await nodeServer({ port: server.port });
      await page.until(() => document.querySelector('#tile-reconnections').textContent === '1' && document.querySelector('#tile-connected').textContent === '8 / 8');
      assert.match(await page.diagnosis(), /back after/);
      assert.equal((await page.hops()).session, 'warn');
      await page.page.getByRole('button', { name: 'Send a test event to all' }).click();
      await page.until(() => document.querySelector('#tile-received').textContent === '16');
    } finally {
      await Promise.all([page.close(), next?.close()]);
    }
  });
});
