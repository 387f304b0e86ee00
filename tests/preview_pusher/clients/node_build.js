// npm pusher-js (node build) and npm pusher against one server; prints the scenario's result.
'use strict';
require('./scenario.js');
const [, , modules, port, auth, appId, key, masterKey] = process.argv;
const Pusher = require(modules + '/pusher-js');
const Server = require(modules + '/pusher');
const server = new Server({
  appId, key, secret: process.env.PUSHER_SECRET, host: '127.0.0.1', port, useTLS: false,
  encryptionMasterKeyBase64: masterKey
});
async function publish(how, where, event, data, socketId) {
  const answer = how === 'user' ? await server.sendToUser(where, event, data)
    : how === 'terminate' ? await server.terminateUserConnections(where)
      : how === 'batch' ? await server.triggerBatch([{ channel: where, name: event, data }])
        : await server.trigger(where, event, data, socketId ? { socket_id: socketId } : {});
  if (answer.status !== 200) throw new Error('status ' + answer.status);
}
async function ask(path, params) {
  return (await server.get({ path, params: params || {} })).json();
}
globalThis.play(Pusher, { port: Number(port), auth, key }, publish).then(async (told) => {
  told.channels = await ask('/channels', {});
  const refused = await server.trigger('public', 'large', 'x'.repeat(10241)).catch((e) => e);
  told.large = refused.status;
  const stranger = new Server({ appId, key, secret: 'wrong', host: '127.0.0.1', port, useTLS: false });
  told.stranger = (await stranger.trigger('public', 'ev', {}).catch((e) => e)).status;
  process.stdout.write(JSON.stringify(told));
  process.exit(0);
}).catch((error) => { console.error(error); process.exit(1); });
