// Every code on which clients of the Centrifuge protocol decide.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { centrifuge, dataOf, inSeconds, open, secret, token, told }
  from './harness/centrifuge.mjs';
import { connect, eventually, leaveNothing, startCluster, startNode,
  startRedis } from './harness/index.mjs';

const settings = {
  'token.hmac-secrets': secret,
  'centrifuge.channels-per-client': 3,
  ...open('open', { presence: true }),
  ...open('kept', { 'history-size': 100, 'history-ttl': '1min' }),
};

const user = (node, name, more = {}) => centrifuge(node,
  { token: token({ sub: name, ...more }) }).connected();

/** A client that sends only what the test says. */
async function bare(node, claims = { sub: 'ann' }) {
  const client = await connect(node, '/connection/websocket');
  client.send(JSON.stringify({ id: 1, connect: { token: token(claims) } }));
  assert.ok(JSON.parse(await client.text()).connect.client);
  return client;
}

/** The answer to one command. */
async function answer(client, command) {
  client.send(JSON.stringify({ id: 2, ...command }));
  for (;;) {
    const text = await client.text();
    const found = text.split('\n').map(JSON.parse).find(({ id }) => id === 2);
    if (found) return found;
    if (text === '{}') client.send('{}');
  }
}

describe('errors of the Centrifuge protocol', () => {
  let node;

  before(async () => {
    node = await startNode(settings);
  });
  after(leaveNothing);

  it('105 for what one is subscribed to already', async () => {
    const ann = await user(node, 'ann', { channels: ['open:mine'] });
    const sub = ann.watch('open:mine');
    assert.deepEqual(
      (({ code, reason }) => [code, reason])(await told(sub, 'unsubscribed')),
      [105, 'already subscribed']);
    ann.hangUp();
  });

  it('106 beyond the limit of channels', async () => {
    const ann = await user(node, 'ann');
    for (const name of ['a', 'b', 'c']) await ann.subscribe(`open:${name}`);
    const sub = ann.watch('open:d');
    assert.equal((await told(sub, 'unsubscribed')).code, 106);
    assert.equal(ann.centrifuge.state, 'connected');
    ann.hangUp();
  });

  it('107 for senseless commands', async () => {
    const ann = await user(node, 'ann');
    const long = ann.watch(`open:${'x'.repeat(255)}`);
    assert.equal((await told(long, 'unsubscribed')).code, 107);
    await assert.rejects(ann.centrifuge.publish(`open:${'x'.repeat(255)}`, 1),
      { code: 107, message: 'bad request' });
    await assert.rejects(ann.centrifuge.history('kept:a',
      { since: { offset: 0, epoch: '' }, reverse: true, limit: 1 }),
    { code: 107 });
    ann.hangUp();
  });

  it('108 for presence that is not kept', async () => {
    const ann = await user(node, 'ann');
    await assert.rejects(ann.centrifuge.presence('kept:a'), { code: 108 });
    await assert.rejects(ann.centrifuge.presenceStats('kept:a'),
      { code: 108 });
    ann.hangUp();
  });

  it('112 for a position of another epoch', async () => {
    const ann = await user(node, 'ann');
    await ann.centrifuge.publish('kept:b', 1);
    await assert.rejects(ann.centrifuge.history('kept:b',
      { since: { offset: 0, epoch: 'neverwas' }, limit: 1 }),
    { code: 112, message: 'unrecoverable position' });
    const sub = ann.watch('kept:b',
      { since: { offset: 7, epoch: 'neverwas' } });
    const { wasRecovering, recovered } = await told(sub, 'subscribed');
    assert.deepEqual([wasRecovering, recovered], [true, false]);
    const plain = await bare(node);
    const { error } = await answer(plain, { subscribe: { channel: 'kept:b',
      recover: true, offset: 7, epoch: 'neverwas', flag: 2 } });
    assert.deepEqual(error, { code: 112, message: 'unrecoverable position' });
    await plain.close();
    ann.hangUp();
  });

  it('103 for tokens that are not for this channel', async () => {
    const ann = await user(node, 'ann');
    const sub = ann.watch('$open:a', { token: 'nonsense' });
    assert.equal((await told(sub, 'unsubscribed')).code, 103);
    ann.hangUp();
  });
});

describe('disconnects of the Centrifuge protocol', () => {
  let node;

  before(async () => {
    node = await startNode({ ...settings, 'listen.output-queue': '64KiB',
      'listen.send-buffer': '4KiB' });
  });
  after(leaveNothing);

  it('3500 for tokens of somebody else', async () => {
    const ann = await user(node, 'ann');
    ann.watch('$open:a', { token: token({ sub: 'bob', channel: '$open:a' }) });
    assert.deepEqual(
      (({ code, reason }) => [code, reason])(await ann.disconnected()),
      [3500, 'invalid token']);
    const bob = await centrifuge(node, {
      token: token({ sub: 'bob', exp: inSeconds(2) }),
      getToken: async () => token({ sub: 'ann' }),
    }).connected();
    assert.equal((await bob.disconnected()).code, 3500);
  });

  for (const [what, text] of Object.entries({
    'a second connect': '{"id":2,"connect":{}}',
    'a command without an id': '{"publish":{"channel":"open:a","data":1}}',
    'an id without a command': '{"id":2}',
    'a channel without a name': '{"id":2,"subscribe":{"channel":""}}',
    'a publication without data': '{"id":2,"publish":{"channel":"open:a"}}',
    'a pong that nobody asked for': '{}\n{}',
    'an empty frame': '',
  })) {
    it(`3501 for ${what}`, async () => {
      const ann = await bare(node);
      ann.send(text);
      assert.equal(await ann.expectClose(3501), 'bad request');
    });
  }

  it('3501 for commands before connect', async () => {
    const ann = await connect(node, '/connection/websocket');
    ann.send('{"id":1,"subscribe":{"channel":"open:a"}}');
    await ann.expectClose(3501);
  });

  it('3505 for a token with too many channels', async () => {
    const ann = centrifuge(node, { token: token({ sub: 'ann',
      channels: ['open:a', 'open:b', 'open:c', 'open:d'] }) });
    ann.centrifuge.connect();
    assert.equal((await ann.disconnected()).code, 3505);
  });

  it('3508 for messages without an answer', async () => {
    const ann = await user(node, 'ann');
    await ann.centrifuge.send({ x: 1 });
    const end = await ann.disconnected();
    assert.deepEqual([end.code, end.reason], [3508, 'not available']);
  });

  it('3008 for a slow reader, which then reconnects', async () => {
    const ann = await user(node, 'ann');
    const sub = await ann.subscribe('open:slow');
    const bob = await user(node, 'bob');
    const socket = ann.sockets.at(-1);
    socket.pause();
    const data = 'x'.repeat(30_000);
    const sent = 60;
    // The kernel buffers some megabytes before the node's queue fills.
    for (let round = 0; round < 8; ++round) {
      for (let i = 0; i < sent; ++i) await bob.centrifuge.publish('open:f', 1);
      await bob.centrifuge.publish('open:slow', data);
    }
    for (let i = 0; i < 300; ++i) await node.publish('open:slow', data.repeat(2));
    socket.resume();
    assert.equal((await ann.lost(3008)).reason, 'slow');
    await eventually(() => ann.centrifuge.state === 'connected', 'back');
    await bob.centrifuge.publish('open:slow', 'last');
    await eventually(() => sub.seen.at(-1)?.data === 'last', 'what follows');
    ann.hangUp();
    bob.hangUp();
  });
});

describe('codes of a Redis in trouble', () => {
  let redis;
  let one;
  let two;

  before(async () => {
    ({ redis, nodes: [one, two] } = await startCluster({ settings }));
  });
  after(leaveNothing);

  it('2500 for a subscriber, 3010 for one by token, who come back',
    async () => {
      const ann = await user(one, 'ann');
      const sub = await ann.subscribe('kept:state', { recoverable: true });
      const seen = [];
      const bob = centrifuge(two, { token: token({ sub: 'bob',
        subs: { 'kept:state': { override:
          { force_recovery: { value: true } } } } }) });
      bob.centrifuge.on('publication', ({ data }) => seen.push(data));
      await bob.connected();
      await one.publish('kept:state', '1');
      await dataOf(sub, 1);
      await eventually(() => seen.length === 1, 'the first publication');
      await redis.command('FLUSHALL');
      await one.publish('kept:state', '2');
      assert.equal((await told(sub, 'subscribing',
        ({ code }) => code === 2500)).reason, 'insufficient state');
      assert.equal((await bob.lost(3010)).reason, 'insufficient state');
      await eventually(() => sub.state === 'subscribed'
        && bob.centrifuge.state === 'connected', 'both are back');
      await one.publish('kept:state', '3');
      await eventually(() => sub.seen.at(-1).data === 3 && seen.at(-1) === 3,
        'what follows');
      ann.hangUp();
      bob.hangUp();
    });

  it('100 where nobody knows, and none where much waits', async () => {
    const ann = await user(one, 'ann');
    redis.freeze();
    const outcomes = Array.from({ length: 300 }, (_, i) =>
      ann.centrifuge.publish('open:a', i).catch((error) => error));
    redis.thaw();
    const all = await Promise.all(outcomes);
    assert.deepEqual(all.filter((each) => each.code !== undefined), []);
    await redis.kill();
    await eventually(async () => (await one.get('/ready')).status === 503,
      'the loss is noticed');
    await assert.rejects(ann.centrifuge.publish('open:a', 1),
      { code: 100, message: 'internal server error', temporary: true });
    await assert.rejects(ann.centrifuge.presence('open:a'), { code: 100 });
    await assert.rejects(ann.centrifuge.history('kept:a', { limit: 1 }),
      { code: 100 });
    await redis.start();
    await eventually(async () =>
      (await ann.centrifuge.publish('open:a', 1)) !== undefined,
    'accepted again');
    ann.hangUp();
  });

  it('3001 for a node that stops, whose clients come back', async () => {
    const node = await startNode({ ...settings, 'redis.url': redis.url });
    const ann = await user(node, 'ann');
    const sub = await ann.subscribe('kept:stop', { recoverable: true });
    await node.stop();
    assert.equal((await ann.lost(3001)).reason, 'shutdown');
    await one.publish('kept:stop', '1');
    await node.restart();
    assert.deepEqual(await dataOf(sub, 1), [1]);
    ann.hangUp();
  });
});

describe('what takes its time', () => {
  after(leaveNothing);

  it('3005 and 2501 for what is not refreshed, 3502 for silence', async () => {
    const redis = await startRedis();
    const node = await startNode({ ...settings, 'redis.url': redis.url,
      'listen.ping-interval': '2s', 'listen.pong-timeout': '1900ms' });
    const never = () => new Promise(() => {});
    const ann = await centrifuge(node, { getToken: never,
      token: token({ sub: 'ann', exp: inSeconds(1) }) }).connected();
    const bob = await user(node, 'bob');
    const sub = await bob.subscribe('$open:a', { getToken: never,
      token: token({ sub: 'bob', channel: '$open:a', exp: inSeconds(1) }) });
    const silent = await connect(node, '/connection/websocket');
    const code = (wanted) => (each) => each.code === wanted;
    const patience = 45_000;
    await Promise.all([
      eventually(() => ann.events.some(code(3005)), '3005', patience),
      told(sub, 'subscribing', code(2501), patience),
      silent.expectClose(3502, patience),
    ]);
    ann.hangUp();
    bob.hangUp();
  });
});
