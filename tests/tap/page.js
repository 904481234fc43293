// A real browser with a real page of the server, loaded through the tap.
const { chromium } = require('playwright-core');

const [tap] = process.argv.slice(2);
(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${tap}/page`);
  await page.waitForFunction(() => document.title === 'received 5');
  console.log(`DONE ${JSON.stringify({ received: 5, cookie: await page.evaluate(() => document.body.dataset.cookie) })}`);
  await browser.close();
  process.exit(0);
})();
