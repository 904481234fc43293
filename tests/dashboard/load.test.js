// 2,000 events a second: none lost, clicks answered within 100 ms, memory bounded. LOAD_SECONDS=60 for the full minute.
const assert = require('assert/strict');
const { readFileSync } = require('fs');
const { test } = require('node:test');
const { launch, openPage } = require('./browser.js');
const { EIGHT, nodeServer } = require('./servers.js');

const SECONDS = Number(process.env.LOAD_SECONDS ?? 10), RATE = 2000, TICK = 20;
const PAYLOAD = { tool_name: 'Read', parameters: { file_path: 'README.md', limit: 10 }, text: 'x'.repeat(150) };

/** Emits to all namespaces in turn, at the rate, as the clock says; resolves with the count. */
function flood(io, seconds) {
  const start = performance.now();
  let sent = 0;
  return new Promise(resolve => {
    const timer = setInterval(() => {
      const due = Math.min(RATE * seconds, Math.floor((performance.now() - start) * RATE / 1000));
      for (; sent < due; sent++) io.of(EIGHT[sent % EIGHT.length]).emit('load', { ...PAYLOAD, number: sent });
      if (sent === RATE * seconds) { clearInterval(timer); resolve(sent); }
    }, TICK);
  });
}

/** Megabytes that the page's process holds in all. */
async function memory(browser) {
  const { processInfo } = await (await browser.newBrowserCDPSession()).send('SystemInfo.getProcessInfo');
  const resident = id => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))[1]) / 1000;
  return Math.round(Math.max(...processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => resident(id))));
}

test(`${RATE} events a second for ${SECONDS} seconds`, { timeout: (SECONDS + 60) * 1000 }, async t => {
  const [browser, server] = await Promise.all([launch(), nodeServer()]);
  const page = await openPage(browser, { url: server.url });
  await page.awaitVerdict('healthy');
  await page.page.evaluate(() => {
    window.clicks = [];
    new PerformanceObserver(list => clicks.push(...list.getEntries().filter(entry => entry.name === 'click').map(entry => entry.duration))).observe({ type: 'event', durationThreshold: 16 });
  });
  const before = Number(await page.page.evaluate(() => model.received));

  await page.page.locator('#pause').scrollIntoViewIfNeeded();
  const { x, y, width, height } = await page.page.locator('#pause').boundingBox();
  let flooding = true, clicked = 0, halfway = 0;
  const flooded = flood(server.io, SECONDS).finally(() => { flooding = false; });
  const began = performance.now();
  while (flooding) { // a real mouse, on the button that stops and redraws the log
    await page.page.mouse.click(x + width / 2, y + height / 2);
    clicked++;
    await page.page.evaluate(() => new Promise(resolve => setTimeout(resolve, 200)));
    if (!halfway && performance.now() - began > SECONDS * 500) halfway = await memory(browser);
  }
  const sent = await flooded;
  await page.until(count => model.received >= count, before + sent);

  const { received, entries, clicks } = await page.page.evaluate(() => ({ received: model.received, entries: log.entries.length - log.first, clicks: window.clicks }));
  const end = await memory(browser), slow = clicks.sort((a, b) => a - b), slowest = slow.at(-1) ?? 0, most = slow[Math.floor(slow.length * 0.95)] ?? 0;
  t.diagnostic(`sent ${sent}, received ${received - before}; ${clicked} clicks, 95 % within ${most} ms, slowest ${slowest} ms; the page's process held ${halfway} MB halfway, ${end} MB at the end; ${entries} log entries kept`);
  await browser.close();
  await server.close();
  assert.equal(received - before, sent);
  assert.ok(most <= 100, `a click took ${most} ms to the next frame`); // the slowest also says how busy the machine is
  assert.ok(entries <= 20000 && end < 400, `${entries} entries, ${end} MB`);
  assert.deepEqual(page.troubles, []);
});
