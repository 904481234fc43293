// What a server sends is shown as text, whatever it holds, and the page goes on answering.
const assert = require('assert/strict');
const { test, before, after } = require('node:test');
const { launch, openPage } = require('./browser.js');
const { nodeServer } = require('./servers.js');

let browser, server, page;
before(async () => {
  [browser, server] = await Promise.all([launch(), nodeServer()]);
  page = await openPage(browser, { url: server.url, namespaces: '/hook' });
  await page.awaitVerdict('healthy');
});
after(async () => { await browser.close(); await server.close(); });

/** The server emits; resolves once the page has counted it. */
async function emit(event, ...args) {
  const before = await page.page.evaluate(() => model.received);
  server.io.of('/hook').emit(event, ...args);
  await page.until(count => model.received > count, before);
  await page.page.evaluate(() => drawNow());
}

/** Opens the newest entry and every level of its tree that is in sight; returns its text. */
async function detail() {
  await page.page.locator('#rows').focus();
  await page.page.keyboard.press('Home');
  await page.page.evaluate(async () => {
    for (let closed; closed = document.querySelector('#detail details:not([open])'); ) {
      await new Promise(filled => { closed.addEventListener('toggle', filled, { once: true }); closed.querySelector('summary').click(); });
    }
  });
  return page.page.locator('#detail').innerText();
}

/** Milliseconds from a click on “Pause” to its effect, as the page itself measures them; the best of three, as other programs run beside it. */
const clickTime = () => page.page.evaluate(async () => {
  const once = () => new Promise(resolve => {
    const start = performance.now();
    document.querySelector('#pause').click();
    requestAnimationFrame(() => { document.querySelector('#pause').click(); resolve(performance.now() - start); });
  });
  return Math.min(await once(), await once(), await once());
});

test('HTML and scripts stay text', async () => {
  const payload = { html: '<img src=x onerror="window.owned=1"><script>window.owned=1</script>', '<b>key</b>': '</script><svg onload=alert(1)>' };
  await emit('<script>window.owned=1</script>', payload);
  const text = await detail();
  assert.match(text, /<img src=x onerror="window\.owned=1">/);
  assert.match(text, /<b>key<\/b>/);
  assert.equal(await page.page.evaluate(() => window.owned), undefined);
  assert.equal(await page.page.locator('#rows img, #rows script, #detail img, #detail script, #detail svg, #detail b').count(), 0);
});

test('markup put into the page by force is stopped by its policy', async () => {
  const stopped = await page.page.evaluate(() => {
    try { document.body.insertAdjacentHTML('beforeend', '<p id="forced">'); return false; } catch (error) { return error instanceof TypeError; }
  });
  assert.equal(stopped, true);
  assert.match(page.troubles.splice(0).join(), /TrustedHTML|assignment/);
});

test('__proto__ and constructor are names like any other', async () => {
  await emit('__proto__', JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'));
  assert.match(await detail(), /__proto__[^]*polluted/);
  assert.equal(await page.page.evaluate(() => ({}).polluted), undefined);
});

test('terminal escapes and reversed text are shown as escapes', async () => {
  await emit('\u001b[2J\u202egnp.exe', { text: '\u001b]0;title\u0007\u0000\u2066' });
  const text = await detail();
  assert.ok(text.includes('\\x1b[2J\\u202egnp.exe') && text.includes('\\x1b]0;title\\x07\\x00\\u2066'), text);
});

test('secrets are masked', async () => {
  await emit('login', { password: 'correct horse', nested: { api_key: 'abcdefghij' }, note: 'the token is dev-token' });
  const text = await detail();
  assert.doesNotMatch(text, /correct horse|abcdefghij|dev-token/);
  await emit('visit', { url: '/chat?access_token=abcdefghij&room=1', header: 'Bearer abcdefghij', other: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl' });
  assert.doesNotMatch(await detail(), /abcdefghij|eyJzdWIi/);
  assert.match(text, /co…\(13\)/);
});

test('what looks like the start of a secret, again and again, holds up nothing', async () => {
  const began = performance.now();
  for (const start of ['-eyJ', '"token":"', 'token_', 'bearer ', 'a token=']) await emit('almost', start.repeat(1e6 / start.length));
  assert.ok(performance.now() - began < 10000, `${performance.now() - began} ms`);
});

test('a megabyte in one string, and in a hundred thousand fields', async () => {
  await emit('large', { text: 'x'.repeat(1e6) });
  assert.match(await detail(), /more of 1,000,000 characters/);
  await emit('wide', Object.fromEntries(Array.from({ length: 100000 }, (_, i) => [`field${i}`, i])));
  assert.match(await detail(), /99,900 more/);
  assert.ok(await clickTime() < 100, 'a click is answered');
});

test('ten thousand levels', async () => {
  const before = await page.page.evaluate(() => model.received);
  const [socket] = await server.io.of('/hook').fetchSockets();
  const deep = `42/hook,["deep",${'['.repeat(10000)}${']'.repeat(10000)}]`;
  [...server.io.of('/hook').sockets.values()].find(s => s.id === socket.id).conn.send(deep.slice(1));
  await page.until(count => model.received > count, before);
  await page.page.evaluate(() => drawNow());
  await page.page.locator('#rows').focus();
  await page.page.keyboard.press('Home');
  assert.match(await page.page.locator('#detail').innerText(), /deep/);
  assert.ok(await clickTime() < 100, 'a click is answered');
});

test('malformed packets are counted and shown, and end nothing', async () => {
  const errors = Number(await page.tile('errors'));
  const [{ conn }] = [...server.io.of('/hook').sockets.values()];
  for (const bytes of ['9nonsense', '2/hook,{"no":"array"}', '2/hook,["cut', '5-']) conn.send(bytes);
  await page.until(count => model.errors >= count + 3, errors);
  await page.page.evaluate(() => drawNow());
  assert.match(await page.page.locator('#rows').innerText(), /malformed/);
  assert.equal((await page.states())['/hook'], 'connected');
});

test('binary is counted with its size', async () => {
  await emit('binary', { picture: Buffer.alloc(5000) });
  assert.match(await page.page.locator('#rows .entry').first().innerText(), /binary[^]*5\.\d kB/);
});

test('refusals in the server’s words stay text', async () => {
  const rude = await nodeServer({ namespaces: [] });
  rude.io.of('/hook').use((socket, next) => next(new Error('<img src=x onerror=window.owned=1>\u001b[31m')));
  const other = await openPage(browser, { url: rude.url, namespaces: '/hook' });
  await other.awaitEnd();
  assert.match(await other.card('/hook').innerText(), /<img src=x onerror=window\.owned=1>\\x1b\[31m/);
  assert.equal(await other.page.evaluate(() => window.owned), undefined);
  await rude.close();
});

test('nothing of all this broke the policy or the page', () => assert.deepEqual(page.troubles, []));
