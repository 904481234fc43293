// Makes the five screenshots: node tests/dashboard/screenshots.js [FOLDER]   (default: this folder)
const path = require('path');
const { launch, openPage } = require('./browser.js');
const { EIGHT, nodeServer, chatServer } = require('./servers.js');

const SECONDS_OF_TRAFFIC = 20;
const EVENTS = { '/hook': ['pre_tool', 'post_tool', 'user_prompt'], '/agent': ['delegated', 'finished'], '/todo': ['updated'], '/memory': ['saved', 'loaded'], '/log': ['line'], '/session': ['started'], '/system': ['status'], '/claude': ['output'] };

/** Traffic as an application makes it: each namespace with a rhythm of its own. */
function traffic(io) {
  let tick = 0;
  const timer = setInterval(() => {
    tick++;
    EIGHT.forEach((ns, i) => {
      const wave = 1 + Math.sin(tick / (9 + 3 * i) + i);
      for (let n = 0; n < Math.round(wave * (i % 4 + 0.4)); n++) io.of(ns).emit(`echo_${EVENTS[ns][(tick + n) % EVENTS[ns].length]}`, { session_id: 'a81f', number: tick, tool_name: 'Read', parameters: { file_path: 'README.md', limit: 10 } });
    });
  }, 100);
  return () => clearInterval(timer);
}

const SHOTS = {
  healthy: { server: {}, options: { viewport: { width: 1280, height: 1190 } } },
  broken: { server: { namespaces: EIGHT.filter(ns => ns !== '/todo'), silent: ['/agent'] }, options: { viewport: { width: 1280, height: 1110 } } },
  dark: { server: {}, options: { viewport: { width: 1280, height: 1060 }, colorScheme: 'dark' }, scrollTo: '#cards-title' },
  chat: { start: chatServer, server: {}, settings: { send: 'chat message', data: '"hello {mark}"', expect: 'chat message' }, open: true, options: { viewport: { width: 1280, height: 1190 } } },
  phone: { server: { token: 'another' }, options: { viewport: { width: 390, height: 844 }, colorScheme: 'dark' } },
};

async function shoot(browser, folder, name, { start = nodeServer, server: faults, settings, options, scrollTo, open }) {
  const server = await start(faults);
  const page = await openPage(browser, { url: server.url, ...settings }, options);
  await page.awaitEnd();
  const stop = traffic(server.io);
  await page.until(since => Date.now() - since > 0, Date.now() + SECONDS_OF_TRAFFIC * 1000, (SECONDS_OF_TRAFFIC + 20) * 1000);
  await page.page.locator('#more').evaluate((node, isOpen) => { node.open = isOpen; }, open === true);
  if (scrollTo) await page.page.locator(scrollTo).evaluate(node => node.closest('section').scrollIntoView());
  await page.page.screenshot({ path: path.join(folder, `${name}.png`) });
  stop();
  await page.close();
  await server.close();
}

(async () => {
  const browser = await launch();
  for (const [name, shot] of Object.entries(SHOTS)) await shoot(browser, path.resolve(process.argv[2] ?? __dirname), name, shot);
  await browser.close();
})();
