// A healthy server of each kind is called healthy, from disk and served, by both readers.
const assert = require('assert/strict');
const { pathToFileURL } = require('url');
const { test, before, after } = require('node:test');
const { launch, openPage, staticHost } = require('./browser.js');
const { EIGHT, nodeServer, pythonServer } = require('./servers.js');

const CLIENT_2 = pathToFileURL(require.resolve('socket.io-client-2/dist/socket.io.js')).href;
let browser, host;
before(async () => { [browser, host] = await Promise.all([launch(), staticHost()]); });
after(async () => { await browser.close(); host.close(); });

async function expectHealthy(server, settings, options, namespaces = EIGHT) {
  const page = await openPage(browser, { url: server.url, ...settings }, options);
  try {
    await page.awaitEnd();
    assert.deepEqual(await page.causes(), []);
    assert.equal(await page.verdict(), 'healthy');
    assert.deepEqual(await page.states(), Object.fromEntries(namespaces.map(ns => [ns, 'connected'])));
    assert.ok(Object.values(await page.hops()).every(tone => tone === 'ok'), JSON.stringify(await page.hops()));
    const count = namespaces.length;
    assert.equal(await page.tile('connected'), `${count} / ${count}`);
    assert.equal(await page.tile('received'), await page.tile('sent')); // a slow one is sent again
    assert.ok(Number(await page.tile('sent')) >= count);
    assert.deepEqual(page.troubles, []);
  } finally {
    await Promise.all([page.close(), server.close()]);
  }
}

test('Node socket.io 4, from disk', async () => expectHealthy(await nodeServer()));
test('Node socket.io 4, served', async () => expectHealthy(await nodeServer(), {}, { at: host.url }));
test('Node socket.io 4, only this origin let in', async () => expectHealthy(await nodeServer({ cors: new URL(host.url).origin }), {}, { at: host.url }));
test('Node socket.io 4 at another path', async () => expectHealthy(await nodeServer({ options: { path: '/live/io' } }), { path: 'live/io/' }));
test('Node socket.io 4 with pings ten times a second', async () => expectHealthy(await nodeServer({ options: { pingInterval: 100, pingTimeout: 5000 } })));
test('Node socket.io 4, official client from the server', async () => expectHealthy(await nodeServer(), { client: 'official' }));
test('Node socket.io 2, official client from the address given', async () => expectHealthy(await nodeServer({ version: 2 }), { client: 'official', clientUrl: CLIENT_2, namespaces: EIGHT.join(), flow: 'echo' }, { credentials: { token: 'dev-token' } }));
test('python-socketio, from disk', async () => expectHealthy(await pythonServer()));
test('python-socketio, served', async () => expectHealthy(await pythonServer({ origins: new URL(host.url).origin }), {}, { at: host.url }));
test('the flow of claude-mpm', async () => expectHealthy(await nodeServer({ namespaces: ['/'], relay: 'others' }), { flow: 'claude-mpm' }, { credentials: { token: 'dev-token' } }, ['/']));
