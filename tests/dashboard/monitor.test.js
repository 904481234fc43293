// The page against the project's own monitor, whose address is in MONITOR_URL.
const assert = require('assert/strict');
const { test, before, after } = require('node:test');
const { launch, openPage, staticHost } = require('./browser.js');

const url = process.env.MONITOR_URL;
let browser, host;
before(async () => { [browser, host] = await Promise.all([launch(), staticHost()]); });
after(async () => { await browser.close(); host.close(); });

for (const from of ['from disk', 'served']) {
  test(`healthy, ${from}`, async () => {
    const page = await openPage(browser, { url }, from === 'served' ? { at: host.url } : {});
    await page.awaitEnd();
    assert.deepEqual(await page.causes(), []);
    assert.equal(await page.verdict(), 'healthy');
    assert.ok(Number(await page.tile('received')) >= 8);
    await page.close();
  });
}

test('an unknown namespace', async () => {
  const page = await openPage(browser, { url, namespaces: '/hook,/nowhere' });
  await page.awaitEnd();
  assert.deepEqual(await page.causes(), ['namespace-unknown']);
  await page.close();
});

test('a wrong token', async () => {
  const page = await openPage(browser);
  await page.page.locator('#url').fill(url);
  await page.page.locator('#token').fill('not-the-token');
  await page.page.locator('#run').click();
  await page.awaitVerdict('broken');
  await page.awaitEnd();
  assert.deepEqual(await page.causes(), ['token-rejected']);
  assert.doesNotMatch(await page.page.content(), /not-the-token/);
  await page.close();
});
