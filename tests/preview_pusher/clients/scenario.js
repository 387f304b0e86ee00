// One story for every build of pusher-js; the caller gives the client, the addresses and a publisher.
// Returns what happened, for the test to compare.
(function (root) {
  'use strict';
  const KINDS = ['public', 'private-a', 'private-encrypted-a', 'presence-a',
    'cache-a', 'private-cache-a', 'private-encrypted-cache-a', 'presence-cache-a'];

  function until(what, check) {
    return new Promise((resolve, reject) => {
      const started = Date.now();
      (function look() {
        const found = check();
        if (found) return resolve(found);
        if (Date.now() - started > 120000) return reject(new Error('never happened: ' + what));
        setTimeout(look, 5);
      })();
    });
  }

  function connect(Pusher, place, user) {
    const log = [];
    const client = new Pusher(place.key, {
      cluster: 'local', wsHost: '127.0.0.1', wsPort: place.port, forceTLS: false,
      enabledTransports: ['ws'],
      channelAuthorization: { endpoint: place.auth + '/channel', params: { user } },
      userAuthentication: { endpoint: place.auth + '/user', params: { user } }
    });
    client.connection.bind('error', (error) => log.push(['error', (error.data || {}).code]));
    client.bind_global((event, data) => log.push(['global', event, data]));
    const got = (channel, event) => log.filter((e) => e[0] === channel && e[1] === event);
    return {
      client, log, got,
      async subscribe(name) {
        const channel = client.subscribe(name);
        channel.bind_global((event, data) => log.push([name, event, data]));
        await until('subscription of ' + name, () => channel.subscribed);
        return channel;
      },
      hear: (channel, event) => until(event + ' on ' + channel, () => got(channel, event)[0])
    };
  }

  root.play = async function (Pusher, place, publish) {
    const told = {};
    const ann = connect(Pusher, place, 'ann');
    const bob = connect(Pusher, place, 'bob');
    for (const kind of KINDS) await ann.subscribe(kind);
    for (const kind of KINDS) await bob.subscribe(kind);
    await ann.hear('presence-a', 'pusher:member_added');
    told.members = ann.client.channel('presence-a').members.count;
    told.me = ann.client.channel('presence-a').members.me;
    told.added = ann.got('presence-a', 'pusher:member_added')[0][2];
    told.misses = KINDS.filter((kind) => ann.got(kind, 'pusher:cache_miss').length);

    told.received = {};
    for (const kind of KINDS) {
      const data = { kind, text: 'grüße \u{1F44B} </script>' };
      await publish('trigger', kind, 'news', data);
      const one = await ann.hear(kind, 'news');
      const two = await bob.hear(kind, 'news');
      told.received[kind] = [one[2], two[2]].every((d) => JSON.stringify(d) === JSON.stringify(data));
    }
    const cat = connect(Pusher, place, 'cat');
    told.cached = [];
    for (const kind of KINDS.filter((k) => k.includes('cache-'))) {
      await cat.subscribe(kind);
      told.cached.push((await cat.hear(kind, 'news'))[2].kind);
    }

    await publish('trigger', 'public', 'excluded', {}, ann.client.connection.socket_id);
    await bob.hear('public', 'excluded');
    await publish('batch', 'public', 'batched', {});
    await ann.hear('public', 'batched');
    told.excluded = ann.got('public', 'excluded').length;

    ann.client.channel('private-a').trigger('client-typing', { on: true });
    told.typing = (await bob.hear('private-a', 'client-typing'))[2];
    const users = [];
    bob.client.channel('presence-a').bind('client-typing', (d, meta) => users.push(meta.user_id));
    ann.client.channel('presence-a').trigger('client-typing', { on: true });
    await until('user of a client event', () => users.length);
    told.typist = users[0];
    told.echoed = ann.got('private-a', 'client-typing').length;

    const states = [];
    ann.client.user.watchlist.bind('online', (e) => states.push(['online', e.user_ids]));
    ann.client.user.watchlist.bind('offline', (e) => states.push(['offline', e.user_ids]));
    ann.client.signin();
    await until('first watchlist event', () => states.length === 1);
    bob.client.signin();
    await until('second watchlist event', () => states.length === 2);
    const notes = [];
    ann.client.user.bind('note', (d) => notes.push(d));
    await until('server-to-user channel', () => (ann.client.user.serverToUserChannel || {}).subscribed);
    await publish('user', 'ann', 'note', { text: 'for you' });
    await until('note to the user', () => notes.length);
    told.note = notes[0];

    bob.client.disconnect();
    told.removed = (await ann.hear('presence-a', 'pusher:member_removed'))[2].id;
    await until('offline on the watchlist', () => states.length === 3);
    told.states = states;

    const before = cat.got('public', 'late').length;
    cat.client.unsubscribe('cache-a');
    await publish('trigger', 'cache-a', 'late', {});
    await ann.hear('cache-a', 'late');
    told.late = cat.got('cache-a', 'late').length + before;

    await publish('terminate', 'ann');
    await until('close code 4009', () => ann.log.some((e) => e[0] === 'error' && e[1] === 4009));
    told.terminated = ann.client.connection.state;
    cat.client.disconnect();
    return told;
  };
})(typeof window === 'undefined' ? globalThis : window);
