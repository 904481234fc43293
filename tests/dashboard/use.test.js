// Doing things with the page: by mouse, by keyboard, by address.
const assert = require('assert/strict');
const fs = require('fs');
const { test, before, after, afterEach } = require('node:test');
const { launch, openPage, staticHost } = require('./browser.js');
const { nodeServer } = require('./servers.js');

let browser, server, host, page;
before(async () => { [browser, server, host] = await Promise.all([launch(), nodeServer(), staticHost()]); });
after(async () => { await browser.close(); await server.close(); host.close(); });
afterEach(async () => { const { troubles } = page; await page.close(); assert.deepEqual(troubles, []); });

async function healthyPage(settings = {}, options = {}) {
  page = await openPage(browser, { url: server.url, namespaces: '/hook,/agent', ...settings }, options);
  await page.awaitVerdict('healthy');
  return page.page;
}
const button = name => page.page.getByRole('button', { name, exact: true });
const rows = () => page.page.locator('#rows .entry:not([hidden])');
const shows = (selector, text) => page.until(([where, words]) => document.querySelector(where).textContent.includes(words), [selector, text]);

test('namespaces are disconnected and connected, one by one and all', async () => {
  await healthyPage();
  await page.card('/hook').getByRole('button', { name: 'Disconnect' }).click();
  await shows('.card[data-ns="/hook"] .badge', 'disconnected');
  assert.equal((await page.states())['/agent'], 'connected');
  await page.card('/hook').getByRole('button', { name: 'Connect' }).click();
  await shows('.card[data-ns="/hook"] .badge', 'connected');
  await button('Disconnect all').click();
  await shows('#tile-connected', '0 / 2');
  await button('Connect all').click();
  await shows('#tile-connected', '2 / 2');
});

test('a custom event with arguments and an acknowledgement', async () => {
  const inPage = await healthyPage();
  await inPage.locator('#to').selectOption('/agent');
  await inPage.locator('#event').fill('greeting');
  await inPage.locator('#args').fill('[{"name": "Ada"}, 2]');
  await button('Send event').click();
  await shows('#send-result', 'Acknowledged after');
  await shows('.card[data-ns="/agent"]', 'echo_greeting');
});

test('bad JSON and a missing name are said, and nothing is sent', async () => {
  const inPage = await healthyPage();
  const sent = await page.tile('sent');
  await inPage.locator('#args').fill('{broken');
  await button('Send event').click();
  await shows('#send-result', 'Arguments: not JSON');
  await inPage.locator('#event').fill(' ');
  await button('Send event').click();
  await shows('#send-result', 'No event name');
  assert.equal(await page.tile('sent'), sent);
});

test('a room is joined and left', async () => {
  const inPage = await healthyPage();
  await inPage.locator('#to').selectOption('/hook');
  await inPage.locator('#room').fill('side_room');
  await button('Join room').click();
  const joined = async () => (await server.io.of('/hook').in('side_room').fetchSockets()).length;
  for (let tries = 0; await joined() === 0 && tries < 50; tries++) await page.page.evaluate(() => new Promise(requestAnimationFrame));
  assert.equal(await joined(), 1);
  server.io.of('/hook').to('side_room').emit('for_members', {});
  await shows('.card[data-ns="/hook"]', 'for_members');
});

test('the log is filtered, paused, cleared and exported', async () => {
  const inPage = await healthyPage();
  await inPage.locator('#filter-event').fill('echo_*');
  await shows('#log-count', '2 entries');
  await inPage.locator('#filter-ns').selectOption('/hook');
  await shows('#log-count', '1 entry');
  await inPage.locator('#filter-text').fill('no such text');
  await shows('#log-count', '0 entries');
  for (const id of ['#filter-event', '#filter-text']) await inPage.locator(id).fill('');
  await inPage.locator('#filter-ns').selectOption('');

  const download = inPage.waitForEvent('download');
  await button('Export').click();
  const text = fs.readFileSync(await (await download).path(), 'utf8');
  if (process.env.EXPORTED) fs.writeFileSync(process.env.EXPORTED, text); // for the test of the monitor's reader
  const lines = text.trim().split('\n').map(line => JSON.parse(line));
  const of = (direction, event) => lines.find(line => line.direction === direction && line.event === event && line.namespace === '/hook');
  assert.equal(of('in', 'user_prompt').args[0].marker, of('out', 'echo_user_prompt').args[0].marker);
  assert.ok(!JSON.stringify(lines).includes('dev-token'));

  await button('Pause').click();
  const count = await inPage.locator('#log-count').innerText();
  await button('Send a test event to all').click();
  await shows('#tile-received', '4');
  assert.equal(await inPage.locator('#log-count').innerText(), `${count.replace(', paused', '')}, paused`);
  await button('Pause').click();
  await page.until(before => parseInt(document.querySelector('#log-count').textContent) > parseInt(before), count);
  await button('Clear').click();
  await shows('#log-count', '0 entries');
});

test('the log by keyboard', async () => {
  const inPage = await healthyPage();
  await inPage.locator('#rows').focus();
  await inPage.keyboard.press('ArrowDown');
  const first = await inPage.locator('#rows [aria-selected="true"]').getAttribute('id');
  assert.equal(await inPage.locator('#rows').getAttribute('aria-activedescendant'), first);
  await inPage.keyboard.press('ArrowDown');
  assert.notEqual(await inPage.locator('#rows').getAttribute('aria-activedescendant'), first);
  await inPage.keyboard.press('Enter');
  assert.equal(await inPage.evaluate(() => document.activeElement.id), 'detail');
});

test('a link reproduces the test, and holds no token', async () => {
  const inPage = await healthyPage({}, { at: host.url });
  await inPage.locator('#token').fill('dev-token');
  await inPage.locator('#settings summary').click();
  await inPage.locator('#namespaces').fill('/hook log');
  await button('Test').click();
  await page.awaitEnd();
  const link = inPage.url();
  assert.match(link, /namespaces=\/hook\+log/);
  assert.doesNotMatch(link, /token/);
  await inPage.goto(link);
  await page.awaitVerdict('healthy');
  assert.deepEqual(Object.keys(await page.states()), ['/hook', '/log']);
});

test('the token is stored only when asked for, and only for that server', async () => {
  const inPage = await healthyPage({}, { at: host.url });
  const stored = () => inPage.evaluate(() => JSON.stringify(localStorage));
  await inPage.locator('#token').fill('dev-token');
  await button('Test').click();
  await page.awaitVerdict('healthy');
  assert.doesNotMatch(await stored(), /dev-token/);
  await inPage.locator('#settings summary').click();
  await inPage.locator('#remember').check();
  await button('Test').click();
  assert.match(await stored(), /dev-token/);
  await inPage.goto(`${host.url}?url=http://127.0.0.1:9&timeout=1`);
  await page.awaitEnd();
  assert.equal(await inPage.locator('#remember').isChecked(), false);
});

test('wrong settings are said in one line that tells what would be right', async () => {
  const inPage = await healthyPage();
  for (const [id, value, words] of [['url', 'ftp://host', 'http'], ['url', 'http://host/app', 'Path'], ['timeout', '-1', 'seconds'], ['auth', '{broken', 'Auth object: not JSON'], ['auth', '[1]', 'a JSON object'], ['query', 'no-value', 'NAME=VALUE'], ['expect', 'pong', 'no event']]) {
    const before = await inPage.locator(`#${id}`).inputValue();
    if (!await inPage.locator('#more').evaluate(node => node.open)) await inPage.locator('#settings summary').click();
    await inPage.locator(`#${id}`).fill(value);
    await button('Test').click();
    await shows('#settings-error', words);
    await inPage.locator(`#${id}`).fill(before);
  }
});

const CHAT_FLOW = { name: 'chat', namespaces: ['/agent'], send: [{ event: 'greeting', args: [{ text: 'hello {mark}' }, 3] }], receive: { event: 'echo_greeting' } };
/** Drops a file with this text onto the page, as a file manager does. */
const drop = text => page.page.evaluate(content => {
  const data = new DataTransfer();
  data.items.add(new File([content], 'chat.json', { type: 'application/json' }));
  document.querySelector('main').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
}, text);
const paste = text => page.page.evaluate(content => {
  const data = new DataTransfer();
  data.setData('text/plain', content);
  document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}, text);
const fields = () => page.page.evaluate(() => Object.fromEntries(['namespaces', 'send', 'data', 'expect'].map(id => [id, document.getElementById(id).value])));

test('a flow file is dropped, pasted or opened, and tested', async () => {
  const inPage = await healthyPage({ namespaces: '/hook' }), wanted = { namespaces: '/agent', send: 'greeting', data: '[{"text":"hello {mark}"},3]', expect: 'echo_greeting' };
  await drop(JSON.stringify(CHAT_FLOW));
  await shows('#flow-told', 'taken from the flow “chat”');
  assert.deepEqual(await fields(), wanted);
  await inPage.locator('#token').fill('dev-token');
  await button('Test').click();
  await page.until(() => document.querySelector('#expected').textContent.includes('“greeting” is answered by “echo_greeting”'));
  await page.awaitVerdict('healthy');
  await paste(JSON.stringify({ ...CHAT_FLOW, send: [{ event: 'other', data: { text: '{mark}' } }], receive: { ack: true } }));
  await page.until(() => document.getElementById('send').value === 'other');
  assert.deepEqual(await fields(), { ...wanted, send: 'other', data: '[{"text":"{mark}"}]', expect: 'ack' });
  const [chooser] = await Promise.all([inPage.waitForEvent('filechooser'), button('Open a flow file').click()]);
  await chooser.setFiles({ name: 'flow.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(CHAT_FLOW)) });
  await page.until(() => document.getElementById('send').value === 'greeting');
});

test('what is wrong with a flow file, or beyond the page, is said with its place', async () => {
  await healthyPage();
  const before = await fields();
  for (const [flow, words] of [
    ['no JSON', 'not a JSON object'], [{ ...CHAT_FLOW, recieve: {} }, 'recieve: unknown field'], [{ ...CHAT_FLOW, send: [{ evnt: 'x' }] }, 'send[0].evnt: unknown field'],
    [{ ...CHAT_FLOW, send: [] }, 'send: must list at least one event'], [{ ...CHAT_FLOW, receive: {} }, 'receive: names neither'],
    [{ ...CHAT_FLOW, send: [CHAT_FLOW.send[0], CHAT_FLOW.send[0]] }, './jbang e2e --url URL --flow FILE'], [{ ...CHAT_FLOW, setup: { sender: [] } }, 'no setup steps'],
    [{ ...CHAT_FLOW, '<img src=x onerror=alert(1)>': 1 }, '<img src=x onerror=alert(1)>: unknown field'],
  ]) {
    await drop(typeof flow === 'string' ? flow : JSON.stringify(flow));
    await shows('#settings-error', words);
    assert.deepEqual(await fields(), before);
  }
});

test('the theme button is named after what it does', async () => {
  await healthyPage();
  await button('Dark theme').click();
  assert.equal(await page.page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  await button('Light theme').click();
  assert.equal(await page.page.evaluate(() => document.documentElement.dataset.theme), 'light');
});

test('on a phone the payload of an entry has a line of its own', async () => {
  const inPage = await healthyPage({ namespaces: '/hook' }, { viewport: { width: 390, height: 844 } });
  await inPage.locator('#to').selectOption('/hook');
  await inPage.locator('#event').fill('long');
  await inPage.locator('#args').fill('{"text": "a payload that is to be read"}');
  await button('Send event').click();
  await shows('#send-result', 'Acknowledged after');
  const entry = rows().filter({ hasText: 'a payload that is to be read' }).first();
  await entry.waitFor();
  const [body, row] = await Promise.all([entry.locator('.body').boundingBox(), entry.boundingBox()]);
  assert.ok(body.width > row.width * 0.9, `the payload has ${body.width} of ${row.width} px`);
  assert.ok(body.y > row.y + 15, 'it stands below');
});

test('the hops go grey when the server is gone, and the close code is explained', async () => {
  const gone = await nodeServer();
  page = await openPage(browser, { url: gone.url, namespaces: '/hook' });
  await page.awaitVerdict('healthy');
  await gone.close();
  await page.until(() => document.querySelector('#hop-session').dataset.tone === 'bad');
  await page.until(() => document.querySelector('#hop-reach').dataset.tone === 'off');
  const { session, ...others } = await page.hops();
  assert.deepEqual([...new Set(Object.values(others))], ['off']);
  assert.match(await page.page.locator('#hop-relay').innerText(), /passed before the connection was lost/);
  const told = await page.page.locator('.diagnosis[data-cause="session-dropped"]').innerText();
  assert.match(told, /The connection ended without a close frame|The server went away|The server closed the connection/);
});

test('every control has a name, and the page fits a phone', async () => {
  await healthyPage({}, { viewport: { width: 360, height: 780 } });
  const nameless = await page.page.evaluate(() => [...document.querySelectorAll('button, input, select, textarea, [role=listbox], [role=img]')]
    .filter(node => !(node.labels?.length || node.textContent.trim() || node.getAttribute('aria-label') || node.getAttribute('aria-labelledby'))).map(node => node.outerHTML));
  assert.deepEqual(nameless, []);
  assert.ok(await page.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no sideways scrolling');
});

test('stop ends the connections', async () => {
  await healthyPage();
  await button('Stop').click();
  await shows('#tile-connected', '0 / 2');
  assert.equal(await page.page.locator('#stop').isDisabled(), true);
});
