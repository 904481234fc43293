// A real Chromium with a real page of the server, and what its network tab would save: a HAR with the WebSocket messages.
const fs = require('fs');
const path = require('path');
const { chromium } = require('playwright-core');

const [server, described, har] = process.argv.slice(2);
const plan = { count: 2, namespace: '/', options: {}, setup: [], emit: [], times: 6, gap: 40, stay: 600, ack: false, from: server, ...JSON.parse(described) };
const CLIENT = path.join(path.dirname(require.resolve('socket.io-client')), '../../dist/socket.io.js');

/** In the page. */
async function use(plan) {
  const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  let number = 0;
  const filled = (value) => JSON.parse(JSON.stringify(value).replaceAll('{n}', () => `n${++number}-${Math.random().toString(36).slice(2, 8)}`));
  const sockets = Array.from({ length: plan.count }, () => io(plan.url + plan.namespace, { forceNew: true, reconnectionDelay: 300, reconnectionDelayMax: 300, ...plan.options }));
  await Promise.all(sockets.map((socket) => new Promise((resolve) => { socket.once('connect', resolve); setTimeout(resolve, 2000); })));
  for (const socket of sockets) for (const step of plan.setup) socket.emit(...step);
  await later(200);
  for (let i = 0; i < plan.times; i++) {
    for (const args of plan.emit) {
      const socket = sockets[i % sockets.length];
      if (plan.ack) await new Promise((resolve) => { socket.emit(...filled(args), resolve); setTimeout(resolve, 3500); });
      else socket.emit(...filled(args));
    }
    await later(plan.gap);
  }
  await later(plan.stay);
}

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-features=LocalNetworkAccessChecks'] }); // the page is routed: it has no address
  const context = await browser.newContext({ recordHar: { path: har, content: 'embed' } });
  const page = await context.newPage();
  await page.route('**/lab.html', (route) => route.fulfill({ contentType: 'text/html', body: '<script src="/client.js"></script>' }));
  await page.route('**/client.js', (route) => route.fulfill({ contentType: 'text/javascript', body: fs.readFileSync(CLIENT, 'utf8') }));
  for (let i = 0; i <= (plan.reloads ?? 0); i++) {
    await page.goto(`${plan.from}/lab.html`);
    await page.evaluate(use, { ...plan, url: server });
  }
  await context.close();
  await browser.close();
  console.log('DONE {}');
  process.exit(0);
})();
