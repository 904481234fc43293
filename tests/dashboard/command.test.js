// The page as the `dashboard` command or the monitor serves it, at DASHBOARD_URL, with the VERDICT to expect; the command's token stays out of sight.
const assert = require('assert/strict');
const { test } = require('node:test');
const { launch, openPage } = require('./browser.js');

test('the test starts by itself, against the right server and with the right token', async () => {
  const browser = await launch();
  const page = await openPage(browser, {}, { at: process.env.DASHBOARD_URL });
  await page.awaitVerdict(process.env.VERDICT);
  await page.awaitEnd();
  assert.doesNotMatch(page.page.url() + await page.page.content(), /s3cret/);
  if (process.env.VERDICT === 'healthy') { // a command that was to write a result has ended by now
    await page.page.reload();
    await page.awaitVerdict('healthy');
  }
  assert.deepEqual(page.troubles, []);
  await browser.close();
});
