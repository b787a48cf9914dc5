// Nodes die and Redis forgets: clients of the Centrifuge protocol lose no
// message without a notice.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { centrifuge, dataOf, open, secret, silentLosses, token, told }
  from './harness/centrifuge.mjs';
import { eventually, layCable, leaveNothing, pause, startCluster, upTo }
  from './harness/index.mjs';

const settings = {
  'token.hmac-secrets': secret,
  ...open('seen', { presence: true, 'join-leave': true,
    'history-size': 1000, 'history-ttl': '10min' }),
  ...open('kept', { 'history-size': 1000, 'history-ttl': '10min' }),
};

const user = (node, name, more = {}) => centrifuge(node,
  { token: token({ sub: name, ...more }) }).connected();

/** Publishes 1, 2, 3 … one after another until stopped. */
function publishing(client, channel, from = 0) {
  let sent = from;
  let over = false;
  const run = (async () => {
    while (!over) {
      await client.centrifuge.publish(channel, sent + 1);
      sent += 1;
      await pause(10);
    }
  })();
  return {
    get sent() { return sent; },
    async stop() {
      over = true;
      await run;
      return sent;
    },
  };
}

async function arrives(sub, data) {
  await eventually(() => sub.seen.at(-1)?.data === data,
    () => `${data}, not ${sub.seen.at(-1)?.data}`);
}

describe('a node that dies', () => {
  let nodes;

  before(async () => {
    ({ nodes } = await startCluster({ count: 3, settings }));
  });
  after(leaveNothing);

  it('is missed by nobody: its clients are recovered and leave once',
    async () => {
      const [doomed, two, three] = nodes;
      const cable = await layCable(doomed);
      const channel = 'seen:room';
      const watchers = [await user(two, 'watcher'), await user(three, 'watcher')];
      const subs = [];
      for (const each of watchers) {
        subs.push(await each.subscribe(channel, { joinLeave: true }));
      }
      const ann = await user(cable, 'ann');
      const bob = await user(doomed, 'bob');
      const annSub = await ann.subscribe(channel, { recoverable: true });
      await bob.subscribe(channel);
      await eventually(async () =>
        (await subs[0].presenceStats()).numClients === 4, 'all are there');
      const stream = publishing(watchers[1], channel);
      await dataOf(annSub, 20);
      const before = ann.centrifuge._client;
      await doomed.kill();
      cable.moveTo(two);
      await told(annSub, 'subscribed', ({ recovered }) => recovered);
      const leaves = (sub) => sub.told.filter(({ event }) => event === 'leave')
        .map(({ info }) => info.user).sort();
      for (const sub of subs) {
        await eventually(() => leaves(sub).length >= 2,
          () => `two leaves, not ${leaves(sub)}`, 45_000);
      }
      const { clients } = await subs[1].presence();
      assert.deepEqual(Object.values(clients).map((each) => each.user).sort(),
        ['ann', 'watcher', 'watcher']);
      assert.ok(!(before in clients));
      await eventually(async () =>
        (await subs[1].presenceStats()).numClients === 3, 'nobody else counts');
      const last = await stream.stop();
      // Both survivors have swept by now: duplicates would have arrived.
      for (const sub of subs) {
        await arrives(sub, last);
        assert.deepEqual(leaves(sub), ['ann', 'bob']);
        assert.equal(sub.told.filter(({ event, info }) =>
          event === 'join' && info.user === 'ann').length, 2);
        assert.deepEqual(await dataOf(sub, last), upTo(last));
      }
      assert.deepEqual(await dataOf(annSub, last), upTo(last));
      bob.hangUp();
      ann.hangUp();
      watchers.forEach((each) => each.hangUp());
      await doomed.restart();
      await doomed.ready();
    });

  it('comes back, and so do its clients, where they were', async () => {
    const [node, other] = nodes;
    const ann = await user(node, 'ann');
    const bob = await user(other, 'bob');
    const sub = await ann.subscribe('kept:restart', { recoverable: true });
    await bob.centrifuge.publish('kept:restart', 1);
    await dataOf(sub, 1);
    for (const end of ['kill', 'stop']) {
      await node[end]();
      await bob.centrifuge.publish('kept:restart', sub.seen.length + 1);
      await node.restart();
      await dataOf(sub, sub.seen.length + 1);
    }
    assert.deepEqual(await dataOf(sub, 3), [1, 2, 3]);
    assert.deepEqual(silentLosses(sub), []);
    await ann.lost(3001);
    ann.hangUp();
    bob.hangUp();
  });
});

describe('Redis that forgets', () => {
  let redis;
  let one;
  let two;

  before(async () => {
    ({ redis, nodes: [one, two] } = await startCluster({ settings }));
  });
  after(leaveNothing);

  /** Clients of both nodes and one whose cable leads to the second. */
  async function threeOn(channel) {
    const cable = await layCable(two);
    const clients = [await user(one, 'ann'), await user(two, 'bob'),
      await user(cable, 'cy')];
    const subs = [];
    for (const each of clients) {
      subs.push(await each.subscribe(channel, { recoverable: true }));
    }
    return { cable, clients, subs };
  }

  it('everything under load: all are told, and go on', async () => {
    const { cable, clients, subs } = await threeOn('kept:flush');
    const publisher = await user(one, 'publisher');
    const stream = publishing(publisher, 'kept:flush');
    for (let round = 1; round <= 3; ++round) {
      for (const sub of subs) await dataOf(sub, 20 * round);
      let from;
      await cable.whileUnplugged(async () => {
        await redis.command('FLUSHALL');
        from = stream.sent;
        await eventually(() => stream.sent > from + 5, 'publishing goes on');
      });
      for (const sub of subs) {
        await eventually(() => sub.told.filter(({ wasRecovering, recovered }) =>
          wasRecovering && !recovered).length === round, () =>
          `told ${round} times: ${JSON.stringify(sub.told)}`);
        await eventually(() => sub.seen.at(-1).data > from, 'goes on');
      }
    }
    const last = await stream.stop();
    for (const sub of subs) {
      await arrives(sub, last);
      assert.deepEqual(silentLosses(sub), []);
    }
    await told(subs[0], 'subscribing', ({ code, reason }) =>
      code === 2500 && reason === 'insufficient state');
    [...clients, publisher].forEach((each) => each.hangUp());
  });

  it('presence: nodes add their clients again', async () => {
    const ann = await user(one, 'ann');
    const bob = await user(two, 'bob');
    const sub = await ann.subscribe('seen:flush');
    await bob.subscribe('seen:flush');
    await eventually(async () =>
      (await sub.presenceStats()).numClients === 2, 'both');
    await redis.command('FLUSHALL');
    await eventually(async () => {
      const { clients } = await sub.presence();
      return Object.values(clients).map((each) => each.user).sort().join()
        === 'ann,bob';
    }, 'both again', 20_000);
    ann.hangUp();
    bob.hangUp();
  });

  const position = (channel) => `rookery:pos:{${channel}}`;
  const log = (channel) => `rookery:log:{${channel}}`;
  const forgotten = {
    'the position': (channel) => redis.command('DEL', position(channel)),
    'the stream': (channel) => redis.command('DEL', log(channel)),
    'all of the stream': (channel) =>
      redis.command('XTRIM', log(channel), 'MAXLEN', '0'),
    'the end of the offsets': (channel) =>
      redis.command('HSET', position(channel), 'o', '0'),
    'the stream and the end of the offsets': async (channel) => {
      await redis.command('DEL', log(channel));
      await redis.command('HSET', position(channel), 'o', '1');
    },
  };
  /** Clients that stayed get all; the one that was away is told of the loss. */
  const harmless = ['the stream', 'all of the stream'];

  for (const [what, forget] of Object.entries(forgotten)) {
    for (const before of [0, 5]) {
      it(`${what} of a channel with ${before} publications`, async () => {
        const channel = `kept:${what.replaceAll(' ', '_')}${before}`;
        const { cable, clients, subs } = await threeOn(channel);
        const publisher = await user(one, 'publisher');
        let sent = 0;
        const publish = () => publisher.centrifuge.publish(channel, ++sent);
        while (sent < before) await publish();
        for (const sub of subs) await dataOf(sub, before);
        await cable.whileUnplugged(async () => {
          if (before > 0) await publish();
          await forget(channel);
          for (let i = 0; i < 3; ++i) await publish();
        });
        await told(subs[2], 'subscribed', (each) => each.wasRecovering);
        for (let i = 0; i < 3; ++i) await publish();
        for (const sub of subs) {
          await arrives(sub, sent);
          assert.deepEqual(silentLosses(sub), []);
        }
        if (harmless.includes(what)) {
          for (const sub of subs.slice(0, 2)) {
            assert.deepEqual(await dataOf(sub, sent), upTo(sent));
          }
        }
        [...clients, publisher].forEach((each) => each.hangUp());
      });
    }
  }
});
