// The backend receives events of clients and channels at least once.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startBackend } from './harness/event_backend.mjs';
import { centrifuge, secret, token } from './harness/centrifuge.mjs';
import { connect, eventually, leaveNothing, release, startNode, startRedis }
  from './harness/index.mjs';

const settings = (backend, more = {}) => ({
  'node.loops': 2,
  'token.hmac-secrets': secret,
  'channel.allow-subscribe': true,
  'channel.allow-anonymous': true,
  'hooks.events': backend.url,
  ...more,
});

const user = async (node, name) => {
  const client = await centrifuge(node, { token: token({ sub: name }) })
    .connected();
  client.id = client.events.find(({ event }) => event === 'connected').client;
  return client;
};

/** The first delivery after `act`. */
const next = async (backend, act) => {
  const before = backend.deliveries.length;
  await act();
  await eventually(() => backend.deliveries.length > before, 'a delivery');
  return backend.deliveries[before];
};

const sharedStories = (start) => {
  let backend;
  let nodes;

  before(async () => {
    backend = await startBackend();
    nodes = await start(backend);
  });
  after(leaveNothing);

  const last = () => nodes.at(-1);

  it('tells who has gone and why', async () => {
    const ann = await user(nodes[0], 'ann');
    ann.hangUp();
    await backend.sees(ann.id, ['disconnect']);
    const bob = await user(last(), 'bob "ä"');
    bob.cut();
    bob.hangUp();
    await backend.sees(bob.id, ['disconnect']);
    const [first, second] = backend.events.filter(
      ({ type }) => type === 'disconnect');
    const { id, time, ...rest } = first;
    assert.equal(id, ann.id);
    assert.ok(Math.abs(time - Date.now()) < 60_000);
    assert.deepEqual(rest, { type: 'disconnect', node: 'node-0',
      client: ann.id, user: 'ann', code: 3000, reason: 'connection closed' });
    assert.equal(second.user, 'bob "ä"');
  });

  it('tells when channels are occupied and vacated', async () => {
    const channel = 'rooms "1"';
    const ann = await user(nodes[0], 'ann');
    const first = await ann.subscribe(channel);
    await backend.sees(channel, ['occupied']);
    const bob = await connect(last(), `/ws/${encodeURIComponent(channel)}`);
    first.unsubscribe();
    // Later events are sent after it.
    await ann.subscribe('mark');
    await backend.sees('mark', ['occupied']);
    await backend.sees(channel, ['occupied']);
    await bob.close();
    await backend.sees(channel, ['occupied', 'vacated']);
    ann.hangUp();
    await backend.sees('mark', ['occupied', 'vacated']);
  });

  it('does not tell of a channel that is left for a moment', async () => {
    const ann = await user(nodes[0], 'ann');
    const sub = await ann.subscribe('flap');
    for (let i = 0; i < 5; ++i) {
      sub.unsubscribe();
      sub.subscribe();
      await sub.ready();
    }
    ann.hangUp();
    await backend.sees('flap', ['occupied', 'vacated']);
  });

  it('tells again what is not acknowledged', async () => {
    let refusals = 3;
    const bodies = [];
    backend.judge = (body) => {
      bodies.push(body);
      return refusals-- > 0 ? [500, 404, undefined][refusals] : 204;
    };
    const ann = await user(nodes[0], 'ann');
    await ann.subscribe('again');
    await backend.sees('again', ['occupied']);
    assert.ok(bodies.length >= 4);
    assert.equal(bodies[0].events[0].id, bodies[3].events[0].id);
    backend.judge = () => 200;
    ann.hangUp();
    await backend.sees('again', ['occupied', 'vacated']);
  });

  it('loses nothing while the backend is down', async () => {
    await backend.fall();
    const ids = [];
    const ann = await user(nodes[0], 'ann');
    for (let i = 0; i < 150; ++i) await ann.subscribe(`many-${i % 100}-${i}`)
      .then((sub) => i % 2 && sub.unsubscribe());
    for (let i = 0; i < 20; ++i) {
      const client = await user(i % 2 ? nodes[0] : last(), `user-${i}`);
      ids.push(client.id);
      client.hangUp();
    }
    await backend.start();
    for (const id of ids) await backend.sees(id, ['disconnect']);
    for (let i = 0; i < 150; ++i) {
      await backend.sees(`many-${i % 100}-${i}`,
        i % 2 ? ['occupied', 'vacated'] : ['occupied']);
    }
    ann.hangUp();
    for (let i = 0; i < 150; ++i) {
      await backend.sees(`many-${i % 100}-${i}`, ['occupied', 'vacated']);
    }
    assert.ok(backend.deliveries.every(({ lost }) => lost === 0));
  });

  it('survives a restart of the backend in the middle of a batch',
    async () => {
      const ann = await user(nodes[0], 'ann');
      const seen = [];
      backend.judge = ({ events }) => {
        seen.push(...events.map(({ id }) => id));
        return undefined;
      };
      await ann.subscribe('middle');
      await eventually(() => seen.length > 0, 'a batch is under way');
      await backend.fall();
      backend.judge = () => 200;
      await backend.start();
      await backend.sees('middle', ['occupied']);
      // Repeated events have the same id.
      assert.ok(seen.includes(
        backend.events.find(({ channel }) => channel === 'middle').id));
      ann.hangUp();
      await backend.sees('middle', ['occupied', 'vacated']);
    });

  it('says nothing of what is not asked for', async () => {
    const body = await next(backend, async () => {
      const ann = await user(nodes[0], 'ann');
      ann.hangUp();
    });
    assert.deepEqual(Object.keys(body), ['events', 'lost']);
    assert.deepEqual(new Set(backend.events.map(({ type }) => type)),
      new Set(['disconnect', 'occupied', 'vacated']));
  });
};

describe('events of a node on its own', () => {
  sharedStories(async (backend) =>
    [await startNode(settings(backend, { 'node.name': 'node-0' }))]);
});

describe('events of two nodes over Redis', () => {
  sharedStories(async (backend) => {
    const redis = await startRedis();
    return Promise.all([0, 1].map((i) => startNode(settings(backend,
      { 'redis.url': redis.url, 'node.name': `node-${i}` }))));
  });
});

describe('events that outlive what they are about', () => {
  let backend;
  let redis;

  const start = (name) => startNode(settings(backend,
    { 'redis.url': redis.url, 'node.name': name }));

  before(async () => {
    backend = await startBackend();
    redis = await startRedis({ args: ['--appendonly', 'yes', '--appendfsync',
      'always'] });
  });
  after(leaveNothing);

  it('are told by the survivors of a node that dies', async () => {
    const [left, right] = [await start('left'), await start('right')];
    const ann = await user(left, 'ann');
    const bob = await user(right, 'bob');
    await ann.subscribe('both');
    await ann.subscribe('mine');
    await bob.subscribe('both');
    await backend.sees('both', ['occupied']);
    await backend.sees('mine', ['occupied']);
    await left.kill();
    ann.hangUp();
    await backend.sees(ann.id, ['disconnect'], 40_000);
    await backend.sees('mine', ['occupied', 'vacated'], 40_000);
    const { reason, code, node } = backend.events.find(
      ({ client }) => client === ann.id);
    assert.deepEqual({ reason, code, node },
      { reason: 'node lost', code: undefined, node: 'left' });
    assert.deepEqual(backend.of('both'), ['occupied']);
    bob.hangUp();
    await backend.sees('both', ['occupied', 'vacated']);
    await backend.sees(bob.id, ['disconnect']);
    await release(right);
  });

  it('are delivered when the node that saw them died before', async () => {
    const [left, right] = [await start('left'), await start('right')];
    await backend.fall();
    const ann = await user(left, 'ann');
    await ann.subscribe('orphan');
    ann.hangUp();
    await eventually(async () =>
      JSON.stringify(await redis.command('XRANGE', 'rookery:events', '-', '+'))
        .includes('orphan'), 'the event is in Redis');
    await left.kill();
    await backend.start();
    await backend.sees('orphan', ['occupied', 'vacated'], 40_000);
    await backend.sees(ann.id, ['disconnect'], 40_000);
    await release(right);
  });

  it('survive a restart of Redis and of all nodes', async () => {
    let node = await start('left');
    await backend.fall();
    const ann = await user(node, 'ann');
    await ann.subscribe('kept');
    await eventually(async () =>
      JSON.stringify(await redis.command('XRANGE', 'rookery:events', '-', '+'))
        .includes('kept'), 'the event is in Redis');
    await redis.kill();
    // While Redis is away.
    ann.hangUp();
    await node.kill();
    await redis.start();
    await backend.start();
    node = await start('right');
    await backend.sees('kept', ['occupied', 'vacated'], 60_000);
    await backend.sees(ann.id, ['disconnect'], 60_000);
    await release(node);
  });

  it('are told at the end of a node before it stops', async () => {
    const node = await start('left');
    const ann = await user(node, 'ann');
    await node.stop();
    ann.hangUp();
    const other = await start('right');
    await backend.sees(ann.id, ['disconnect']);
    const { code, reason } = backend.events.find(
      ({ client }) => client === ann.id);
    assert.deepEqual({ code, reason }, { code: 3001, reason: 'shutdown' });
    await release(other);
  });
});
