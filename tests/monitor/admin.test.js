// The official Socket.IO Admin UI in a real Chromium against the monitor at MONITOR_URL, started with --admin admin:changeit.
const assert = require('assert/strict');
const fs = require('fs');
const http = require('http');
const path = require('path');
const { once } = require('events');
const { test } = require('node:test');
const { chromium } = require('playwright-core');
const { io } = require('socket.io-client');

const UI = path.resolve(__dirname, '../node_modules/@socket.io/admin-ui/ui/dist');
const TYPES = { '.html': 'text/html', '.js': 'application/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const PATIENCE = 20000;
const monitor = process.env.MONITOR_URL;

async function serveUi() {
  const server = http.createServer((request, response) => {
    const file = path.join(UI, new URL(request.url, 'http://ui').pathname.replace(/\/$/, '/index.html'));
    if (!file.startsWith(UI) || !fs.existsSync(file)) { response.writeHead(404).end(); return; }
    response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' });
    fs.createReadStream(file).pipe(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

test('log in, see sockets, rooms and events live, act on a socket', async () => {
  const server = await serveUi();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });
  const hook = io(`${monitor}/hook`, { auth: { token: 'dev-token' }, reconnection: false });
  try {
    await once(hook, 'connect');
    const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
    const ui = `http://127.0.0.1:${server.address().port}/`;
    const troubles = [];
    page.on('pageerror', (error) => troubles.push(error.message));
    const until = (expression, argument) => page.waitForFunction(expression, argument, { timeout: PATIENCE });
    const login = async (password) => {
      const dialog = page.locator('.v-dialog--active');
      await dialog.getByLabel('Server URL').fill(monitor);
      await dialog.getByLabel('Username').fill('admin');
      await dialog.getByLabel('Password').fill(password);
      await dialog.getByRole('button', { name: 'Connect' }).click();
    };
    await page.goto(ui);
    await login('wrong');
    await page.getByText('invalid credentials', { exact: false }).first().waitFor({ timeout: PATIENCE });
    await login('changeit');
    await until(() => document.querySelector('#app').__vue__.$store.state.connection.connected);
    await until(() => document.querySelector('#app').__vue__.$store.state.servers.servers.some((one) => one.healthy));
    await until((id) => document.querySelector('#app').__vue__.$store.state.main.namespaces
      .some((one) => one.name === '/hook' && one.sockets.some((socket) => socket.id === id && socket.rooms.includes('hook_room'))), hook.id);

    hook.emit('user_prompt', { prompt: 'seen by the administrator' });
    await until(() => document.querySelector('#app').__vue__.$store.state.main.namespaces
      .find((one) => one.name === '/hook').events.some((one) => JSON.stringify(one).includes('seen by the administrator')));
    hook.emit('join_room', 'a_room');
    await until(() => document.querySelector('#app').__vue__.$store.state.main.namespaces
      .find((one) => one.name === '/hook').rooms.some((room) => room.name === 'a_room'));

    if (process.env.SCREENSHOTS) {
      for (const name of ['sockets', 'rooms', 'events']) {
        await page.goto(`${ui}#/${name}/`);
        await page.screenshot({ path: path.join(process.env.SCREENSHOTS, `admin-${name}.png`) });
      }
    }
    await page.goto(`${ui}#/n/${encodeURIComponent('/hook')}/sockets/${encodeURIComponent(hook.id)}`);
    await page.getByText('Initial HTTP request').waitFor({ timeout: PATIENCE });
    await page.getByLabel('Join a room').fill('joined_by_the_administrator');
    await page.locator('main form button[type=submit]').click();
    await until(() => document.querySelector('#app').__vue__.$store.state.main.namespaces
      .find((one) => one.name === '/hook').rooms.some((room) => room.name === 'joined_by_the_administrator'));

    await page.reload();
    await until(() => document.querySelector('#app').__vue__.$store.state.connection.connected);
    assert.deepEqual(troubles, []);
  } finally {
    hook.disconnect();
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
});
