// What pusher-js makes of each fault, set through the control endpoint; prints what happened.
'use strict';
const [, , modules, port, auth, key, token] = process.argv;
const Pusher = require(modules + '/pusher-js');

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function until(what, check) {
  const end = Date.now() + 120000;
  while (!check()) {
    if (Date.now() > end) throw new Error('never happened: ' + what);
    await pause(5);
  }
}
async function control(path, fields) {
  const answer = await fetch(`http://127.0.0.1:${port}/control/${path}`, {
    method: 'POST', headers: { Authorization: 'Bearer ' + token }, body: JSON.stringify(fields || {})
  });
  if (answer.status !== 200) throw new Error(path + ': ' + answer.status);
  return answer.json();
}

async function main() {
  const told = {};
  const states = [];
  const errors = [];
  const client = new Pusher(key, {
    cluster: 'local', wsHost: '127.0.0.1', wsPort: Number(port), forceTLS: false,
    enabledTransports: ['ws'], channelAuthorization: { endpoint: auth + '/channel' }
  });
  client.connection.bind('state_change', (change) => states.push([change.current, Date.now()]));
  client.connection.bind('error', (error) => { if (error.data) errors.push(error.data.code); });
  const connected = () => client.connection.state === 'connected';
  await until('connection', connected);
  const channel = client.subscribe('private-a');
  await until('subscription', () => channel.subscribed);

  async function outage(path, fields) {
    const socketId = client.connection.socket_id;
    const started = Date.now();
    await control(path, fields);
    await until('reconnection after ' + path, () => connected() && client.connection.socket_id !== socketId);
    await until('subscription after ' + path, () => channel.subscribed);
    return Date.now() - started;
  }
  told.after4200 = await outage('close', { code: 4200 });
  // A busy machine may delay some; where the client paused a second, it would delay every one.
  for (let more = 0; more < 60 && told.after4200 >= 1000; more += 1) {
    told.after4200 = Math.min(told.after4200, await outage('close', { code: 4200 }));
    errors.pop();
  }
  told.after4100 = await outage('close', { code: 4100 });
  told.afterDrop = await outage('drop');

  await control('close', { code: 4004, reason: 'over quota' });
  await until('disconnection', () => client.connection.state === 'disconnected');
  await pause(1500);
  told.after4004 = client.connection.state;
  told.codes = errors.slice();

  await control('faults', { refuse_code: 4004, refuse_count: 1 });
  client.connect();
  await until('refusal', () => client.connection.state === 'disconnected');
  told.refused = client.connection.state;
  client.connect();
  await until('connection again', () => connected() && channel.subscribed);

  await control('faults', { refuse_subscriptions: 'invalid-signature' });
  const before = errors.length;
  const wrong = client.subscribe('private-b');
  let failures = 0;
  wrong.bind('pusher:subscription_error', () => { failures += 1; });
  await until('pusher:error', () => errors.length > before);
  told.invalidSignature = [wrong.subscribed, wrong.subscriptionPending, failures, errors[before] === null];

  await control('faults', { refuse_subscriptions: 'subscription-error' });
  const refused = client.subscribe('private-c');
  let status = null;
  refused.bind('pusher:subscription_error', (error) => { status = error.status; });
  await until('subscription_error', () => status !== null);
  told.subscriptionError = status;

  await control('clear');
  await control('faults', { subscription_delay: 0.3 });
  const started = Date.now();
  const late = client.subscribe('private-d');
  await until('late subscription', () => late.subscribed);
  told.delayed = Date.now() - started >= 300;
  await control('clear');
  client.disconnect();
  process.stdout.write(JSON.stringify(told));
  process.exit(0);
}
main().catch((error) => { console.error(error); process.exit(1); });
