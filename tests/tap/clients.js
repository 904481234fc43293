// Real clients of an application, as one line of a table describes them: they connect, do what they do, and leave.
// The answer is what they received, for the tap's account to be held against.
const request = require('http').request;

const ECHO = { namespace: '/hook', options: { auth: { token: 'dev-token' } }, setup: [['join_room', 'hook_room']], emit: [['user_prompt', { prompt: 'hello {n}' }]] };

const [url, ...described] = process.argv.slice(2);
const said = described.join(' ').replace(/^echo */, '');
const plan = { client: '4', count: 3, options: {}, namespace: '/', setup: [], emit: [], times: 12, gap: 25, ack: false, settle: 400, stay: 0, connects: true, ...(described[0].startsWith('echo') ? ECHO : {}), ...JSON.parse(said || '{}') };
const { io, default: old } = require({ 2: 'socket.io-client-2', 3: 'socket.io-client-3', 4: 'socket.io-client' }[plan.client]);
const open = io ?? old ?? require('socket.io-client-2'); // version 2 exports the function itself

const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
let number = 0;
const filled = (value, client) =>
  typeof value === 'string' ? value.replaceAll('{n}', () => `n${++number}-${Math.random().toString(36).slice(2, 8)}`).replaceAll('{c}', `client-${client}`)
  : Array.isArray(value) ? value.map((one) => filled(one, client))
  : value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one, client)]))
  : value;

function connect(index) {
  const parser = plan.parser === 'msgpack' ? { parser: require('socket.io-msgpack-parser') } : {};
  const auth = plan.auths ? { auth: plan.auths[index % plan.auths.length] } : {};
  const socket = open(url + plan.namespace, { forceNew: true, multiplex: false, reconnectionDelay: plan.delay ?? 200, reconnectionDelayMax: plan.delay ?? 500, randomizationFactor: 0, ...filled(plan.options, index), ...auth, ...parser });
  socket.received = 0;
  socket.ends = [];
  const onevent = socket.onevent;
  socket.onevent = function (packet) { socket.received += 1; onevent.call(this, packet); };
  socket.on('disconnect', (reason) => socket.ends.push(reason));
  socket.on('connect_error', (error) => { socket.error = error.message; });
  return socket;
}

const connected = (socket) => new Promise((resolve) => {
  socket.once('connect', resolve);
  socket.once('connect_error', () => plan.connects || resolve());
  setTimeout(resolve, plan.patience ?? 8000);
});

const large = ([name, ...rest]) => plan.large ? [name, ...rest.map((one) => ({ ...one, filler: 'x'.repeat(plan.large) }))] : [name, ...rest];

async function emit(socket, args, index) {
  const [name, ...rest] = filled(args, index);
  if (!plan.ack) return void socket.emit(name, ...rest);
  await new Promise((resolve) => { socket.emit(name, ...rest, resolve); setTimeout(resolve, plan.ackPatience ?? 2000); });
}

const post = (path, body) => new Promise((resolve, reject) => {
  const sent = request(url + path, { method: 'POST', headers: { 'content-type': 'application/json' } }, (response) => { response.resume(); response.on('end', resolve); });
  sent.on('error', reject);
  sent.end(JSON.stringify(filled(body, 0)));
});

(async () => {
  const sockets = [];
  for (let i = 0; i < plan.count; i++) sockets.push(connect(i));
  await Promise.all(sockets.map(connected));
  for (const [i, socket] of sockets.entries()) for (const step of (plan.setupOf ?? [i]).includes(i) ? plan.setup : []) {
    const [name, ...rest] = filled(step, i);
    if (rest.at(-1) === '(ack)') await new Promise((resolve) => { socket.emit(name, ...rest.slice(0, -1), resolve); setTimeout(resolve, 2000); });
    else { socket.emit(name, ...rest); await later(60); }
  }
  await later(200);
  const senders = plan.senders ?? sockets.map((_, i) => i);
  for (let i = 0; i < plan.times; i++) {
    for (const args of plan.emit.map(large)) await emit(sockets[senders[i % senders.length]], args, senders[i % senders.length]);
    if (plan.post) await post(plan.post[0], plan.post[1]);
    await later(plan.gap);
  }
  await later(plan.settle + plan.stay);
  console.log(`DONE ${JSON.stringify({ received: sockets.reduce((sum, socket) => sum + socket.received, 0), errors: sockets.map((socket) => socket.error ?? ''), ends: sockets.flatMap((socket) => socket.ends) })}`);
  sockets.forEach((socket) => socket.disconnect());
  setTimeout(() => process.exit(0), 100);
})();
