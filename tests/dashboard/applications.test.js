// Anybody's application: nothing is called broken that nobody promised, and what was promised is tested.
const assert = require('assert/strict');
const { describe, test, before, after } = require('node:test');
const { launch, openPage } = require('./browser.js');
const { EIGHT, nodeServer, chatServer, claudeMpmServer, pythonServer } = require('./servers.js');

const CHAT = { send: 'chat message', data: '"hello {mark}"', expect: 'chat message' };
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** Runs the page's test against the server, and checks the verdict and the causes. */
async function expects([verdict, ...causes], server, { credentials, ...settings } = {}, check = async () => {}) {
  const page = await openPage(browser, { url: server.url, ...settings }, { credentials });
  try {
    await page.awaitEnd();
    assert.deepEqual(await page.causes(), causes);
    assert.equal(await page.verdict(), verdict);
    await check(page);
    assert.deepEqual(page.troubles, []);
  } finally {
    await Promise.all([page.close(), server.close()]);
  }
}
const shows = (selector, ...words) => async page => { for (const word of words) assert.match(await page.page.locator(selector).innerText(), word); };
/** A middleware that wants this of a handshake. */
const wants = (right, words = 'invalid credentials') => io => io.use((socket, next) => next(right(socket.handshake) ? undefined : new Error(words)));

describe('applications', { concurrency: 3 }, () => { // they mostly wait
  test('a tutorial chat is healthy as far as tested, and gets no event', async () => {
    const server = await chatServer();
    await expects(['healthy'], server, {}, async page => {
      await shows('#summary', /^Healthy as far as tested: the application’s events were not\./)(page);
      assert.deepEqual(await page.states(), { '/': 'connected' });
      const { auth, event, relay, ...rest } = await page.hops();
      assert.deepEqual([auth, event, relay], ['info', 'off', 'off']);
      assert.ok(Object.values(rest).every(tone => tone === 'ok'), JSON.stringify(rest));
      const { application, notTested } = await page.result();
      assert.equal(application, null);
      assert.deepEqual(notTested.map(one => one.hop), ['event', 'relay']);
      assert.equal(await page.page.getByRole('button', { name: 'Send test event' }).count(), 0);
    });
    assert.deepEqual(server.seen, []);
  });

  test('a tutorial chat without CORS rules, from disk: seen over WebSocket, and healthy', async () => expects(['healthy', 'origin-rejected'], await chatServer({ cors: undefined }), {}, shows('.diagnosis[data-tone="info"]', /goes on over WebSocket/)));

  test('a chat that offers polling only promises no WebSocket', async () => expects(['healthy'], await chatServer({ transports: ['polling'] }), CHAT, async page => assert.equal((await page.hops()).upgrade, 'info')));

  test('its own event is delivered', async () => expects(['healthy'], await chatServer(), CHAT, async page => {
    await shows('#summary', /^Healthy: the test event was delivered in \//)(page);
    await shows('#expected', /“chat message” is answered by “chat message” \(stated\)/)(page);
    assert.deepEqual((await page.result()).notTested, []);
  }));

  test('only an acknowledgement answers', async () => expects(['healthy'], await chatServer(), { send: 'sum', data: '2\n3', expect: 'ack' }, shows('#hop-event', /1 of 1 acknowledged/)));

  test('an acknowledgement that never comes', async () => expects(['broken', 'handler-missing'], await chatServer(), { send: 'product', data: '[2, 3]', expect: 'ack' }));

  test('one object is marked by a field of its own', async () => expects(['healthy'], await chatServer(), { ...CHAT, data: '{"text": "hello"}' }));

  for (const [fault, cause] of [['deaf', 'handler-missing'], ['sender-only', 'sender-only'], ['wrong-event', 'wrong-event']]) {
    test(`a fault in the chat: ${cause}`, async () => expects(['broken', cause], await chatServer({ fault }), CHAT));
  }

  test('a fault in the chat: slow-relay', async () => expects(['degraded', 'slow-relay'], await chatServer({ fault: 'slow' }), CHAT));

  test('another namespace of the application: its event goes there', async () => {
    const server = await chatServer({ rules: io => io.of('/room').on('connection', socket => socket.on('say', (text, volume) => io.of('/room').emit('said', { text, volume }))) });
    await expects(['healthy'], server, { namespaces: '/room', send: 'say', data: '["{mark}", 7]', expect: 'said' }, async page => assert.deepEqual(await page.states(), { '/room': 'connected' }));
  });

  test('a stated namespace that does not exist', async () => expects(['broken', 'namespace-unknown'], await chatServer(), { namespaces: '/,/room' }));

  test('an application that accepts any namespace is none of the first suite’s kind', async () => expects(['healthy'], await chatServer({ rules: io => io.of(/.*/) }), {}, shows('#expected', /not a known application/)));

  test('an application that asks for credentials, and none were stated', async () => expects(['broken', 'token-rejected'], await chatServer({ rules: wants(() => false) }), {}, shows('#diagnoses', /none were stated/, /Fix: State the credentials first/)));

  test('a rejection for another reason', async () => expects(['broken', 'connect-rejected'], await chatServer({ rules: wants(() => false, 'the lobby is full') }), {}, shows('#diagnoses', /the lobby is full/)));

  test('an auth object is sent, its value checked, and never shown', async () => expects(['healthy'], await chatServer({ rules: wants(({ auth }) => auth.login?.apiKey === 's3cret-of-mine') }),
    { credentials: { auth: '{"login": {"apiKey": "s3cret-of-mine"}}' } }, async page => {
      await shows('#hop-auth', /wrong ones rejected/)(page);
      assert.doesNotMatch(await page.page.content() + JSON.stringify(await page.result()) + page.page.url(), /s3cret/);
    }));

  test('an auth object that nobody looks at', async () => expects(['degraded', 'auth-not-enforced'], await chatServer(), { credentials: { auth: '{"apiKey": "s3cret-of-mine"}' } }));

  test('query parameters are sent with the handshake, checked there, and never shown', async () => {
    const allowRequest = (request, done) => { const { searchParams } = new URL(request.url, 'http://host'); done(null, searchParams.get('access_token') === 's3cret&of=mine' && searchParams.get('room') === 'lobby'); };
    await expects(['healthy'], await chatServer({ allowRequest, rules: io => io.on('connection', socket => socket.emit('you are', socket.handshake.query)) }), { credentials: { query: 'access_token=s3cret&of=mine\nroom=lobby' } }, async page => {
      await shows('#hop-auth', /wrong ones is refused/)(page);
      assert.doesNotMatch(await page.page.content() + await page.page.evaluate(() => JSON.stringify(log.entries)), /s3cret/);
    });
  });

  test('a handshake that asks for credentials', async () => expects(['broken', 'handshake-forbidden'], await chatServer({ allowRequest: (request, done) => done(null, false) }), {}, shows('#diagnoses', /If the server asks for credentials here, state them/)));

  test('a login that must come first', async () => expects(['broken', 'session-dropped'], await chatServer({ rules: io => io.on('connection', socket => socket.disconnect()) }), {}, shows('#diagnoses', /login by an event/)));

  for (const transports of [['polling', 'websocket'], ['websocket']]) {
    test(`a chat that packs with MessagePack, over ${transports[0]}: the page can’t test it, and calls nothing broken`, async () => {
      const server = await chatServer({ transports, parser: require('socket.io-msgpack-parser') });
      const causes = transports.length === 1 ? ['polling-disabled', 'parser-mismatch'] : ['parser-mismatch'];
      await expects([transports.length === 1 ? 'degraded' : 'not tested', ...causes], server, {}, async page => assert.match((await page.result()).cannotRun, /MessagePack/));
    });
  }

  test('the first suite’s kind is recognised by its namespaces', async () => expects(['healthy'], await nodeServer(), {}, async page => {
    await shows('#expected', /by its namespaces \/system, \/session and 6 more\./, /8 namespaces \(recognised\)/)(page);
    assert.match((await page.result()).application.by, /namespaces/);
  }));

  test('the first suite’s kind, with one namespace missing and a wrong token in the others', async () => expects(['broken', 'namespace-unknown', 'token-rejected'], await pythonServer({ token: 'another' }), { namespaces: '/hook,/nowhere' }));

  test('errors come before warnings', async () => expects(['broken', 'namespace-unknown', 'websocket-blocked'], await nodeServer({ namespaces: EIGHT.slice(1), options: { transports: ['polling'] } })));

  test('today’s claude-mpm is recognised, gets no credentials, and is healthy', async () => expects(['healthy'], await claudeMpmServer(), {}, async page => {
    await shows('#expected', /claude-mpm 6\.5\.83, by GET \/health/, /no authentication/)(page);
    assert.deepEqual((await page.result()).application, { name: 'claude-mpm', version: '6.5.83', by: 'GET /health', namespaces: ['/'] });
    assert.ok(Object.entries(await page.hops()).every(([hop, tone]) => tone === (hop === 'auth' ? 'info' : 'ok')));
  }));

  test('a claude-mpm that takes events over HTTP only', async () => expects(['healthy'], await claudeMpmServer('http-only'), { timeout: '2' }, shows('#expected', /the flow claude-mpm-http/)));

  test('the HTTP intake of claude-mpm, stated', async () => expects(['healthy'], await claudeMpmServer(), { flow: 'claude-mpm-http' }));

  test('the HTTP intake of claude-mpm is missing', async () => expects(['broken', 'ingest-missing'], await claudeMpmServer('socket-only'), { flow: 'claude-mpm-http' }, shows('#diagnoses', /HTTP 404/)));

  test('today’s claude-mpm with an event that goes nowhere', async () => expects(['broken', 'not-relayed'], await claudeMpmServer('deaf'), { timeout: '2' }));

  test('today’s claude-mpm never answers a client that sends an auth object', async () => expects(['broken', 'auth-payload-unanswered'], await claudeMpmServer(), { timeout: '2', credentials: { token: 'some-token' } }, shows('#diagnoses', /never answers a CONNECT with an auth object/)));
});

test('bad JSON is one clear line, and nothing is tested', async () => {
  const server = await chatServer();
  const page = await openPage(browser, { url: server.url, ...CHAT, data: '{"text": {mark}}' });
  for (const [fields, words] of [[{}, /^Arguments: not JSON: /], [{ data: '"hello"' }, /\{mark\} must stand in one/], [{ data: '', auth: '{broken' }, /^Auth object: not JSON: /], [{ auth: '"text"' }, /JSON object/], [{ auth: '', query: 's3cret' }, /^(?!.*s3cret).*NAME=VALUE/]]) {
    if (Object.keys(fields).length) await page.test(fields);
    await page.until(([source]) => new RegExp(source).test(document.querySelector('#settings-error').textContent), [words.source]);
    assert.doesNotMatch(await page.page.locator('#settings-error').innerText(), /\n/);
  }
  assert.equal(await page.verdict(), 'not tested');
  assert.equal(server.io.engine.clientsCount, 0);
  await page.close();
  await server.close();
});
