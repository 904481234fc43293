// The page as the `dashboard` command serves it, at DASHBOARD_URL: it fetches the token from there, and keeps it out of sight.
const assert = require('assert/strict');
const { test } = require('node:test');
const { launch, openPage } = require('./browser.js');

test('the test starts by itself, with the command’s token', async () => {
  const browser = await launch();
  const page = await openPage(browser, {}, { at: process.env.DASHBOARD_URL });
  await page.awaitVerdict('healthy');
  await page.awaitEnd();
  assert.doesNotMatch(page.page.url() + await page.page.content(), /s3cret/);
  await page.page.reload();
  await page.awaitVerdict('healthy');
  assert.deepEqual(page.troubles, []);
  await browser.close();
});
