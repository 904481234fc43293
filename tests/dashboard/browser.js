// A real Chromium with the page in it, from disk or served, and the questions that tests ask the page.
const fs = require('fs');
const http = require('http');
const path = require('path');
const { once } = require('events');
const { pathToFileURL } = require('url');
const { chromium } = require('playwright-core');

const FILE = path.resolve(__dirname, '../../dashboard.html');
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const PATIENCE = 20000;

const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });

/** The page on a loopback web server of its own, as any static host gives it. */
async function staticHost() {
  const server = http.createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    fs.createReadStream(FILE).pipe(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${server.address().port}/dashboard.html`, close: () => { server.closeAllConnections(); server.close(); } };
}

/**
 * Opens the page with these settings in its address; the test in it starts by itself where they hold a url. Credentials
 * are no part of an address: they are typed, and the test is started by hand.
 */
async function openPage(browser, settings = {}, { at = pathToFileURL(FILE).href, viewport = { width: 1280, height: 900 }, colorScheme = 'light', credentials } = {}) {
  const context = await browser.newContext({ viewport, colorScheme, acceptDownloads: true });
  const page = await context.newPage();
  const troubles = [];
  page.on('pageerror', error => troubles.push(String(error)));
  page.on('console', message => { if (/Content Security Policy|TrustedScript|TrustedHTML/i.test(message.text())) troubles.push(message.text()); });
  page.on('dialog', dialog => { troubles.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  const { url, ...others } = settings, inAddress = credentials ? others : settings;
  await page.goto(`${at}${Object.keys(settings).length ? `?${new URLSearchParams({ timeout: '4', ...inAddress })}` : ''}`);
  const dashboard = new Dashboard(page, context, troubles);
  if (credentials) await dashboard.test({ url, ...credentials });
  return dashboard;
}

/** What the page shows. */
class Dashboard {
  constructor(page, context, troubles) {
    Object.assign(this, { page, context, troubles });
  }

  /** Fills fields of the form and starts the test. */
  async test(fields) {
    await this.page.locator('#more').evaluate(node => { node.open = true; });
    for (const [id, value] of Object.entries(fields)) await this.page.locator(`#${id}`).fill(value);
    await this.page.locator('#run').click();
  }

  /** What the page hands to the command. */
  result() { return this.page.evaluate(() => result()); }

  verdict() { return this.page.locator('#verdict').innerText(); }

  async awaitVerdict(...words) {
    await this.page.waitForFunction(list => list.includes(document.querySelector('#verdict').textContent), words, { timeout: PATIENCE })
      .catch(async () => { throw new Error(`the verdict stays “${await this.verdict()}”: ${JSON.stringify(await this.hops())} ${await this.causes()}`); });
  }

  /** Until the test is through, whatever its verdict. */
  async awaitEnd() {
    await this.page.waitForFunction(() => model.done, null, { timeout: 3 * PATIENCE });
    await this.page.evaluate(() => drawNow());
  }

  causes() { return this.page.locator('.diagnosis[data-cause]').evaluateAll(list => list.map(node => node.dataset.cause)); }
  diagnosis() { return this.page.locator('#diagnoses').innerText(); }

  hops() { return this.page.locator('.hop').evaluateAll(list => Object.fromEntries(list.map(node => [node.id.slice(4), node.dataset.tone]))); }

  /** Namespace → what its card says of its state. */
  states() { return this.page.locator('.card').evaluateAll(list => Object.fromEntries(list.map(node => [node.dataset.ns, node.querySelector('.badge').textContent]))); }

  card(ns) { return this.page.locator(`.card[data-ns="${ns}"]`); }
  tile(name) { return this.page.locator(`#tile-${name}`).innerText(); }

  async until(question, argument, timeout = PATIENCE) { await this.page.waitForFunction(question, argument, { timeout }); }

  close() { return this.context.close(); }
}

module.exports = { FILE, launch, staticHost, openPage, Dashboard };
