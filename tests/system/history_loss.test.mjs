// Redis comes back with less than it had: nobody is told "recovered" who
// misses a publication.
import assert from 'node:assert/strict';
import { after, afterEach, describe, it } from 'node:test';
import { centrifuge, dataOf, open, secret, told, token }
  from './harness/centrifuge.mjs';
import { connect, eventually, leaveNothing, listen, startCluster, startNode,
  startRedis } from './harness/index.mjs';

const settings = {
  'token.hmac-secrets': secret,
  ...open('kept', { 'history-size': 100, 'history-ttl': '10min' }),
  'channel.allow-subscribe': true,
  'channel.allow-publish': true,
};

const user = (node, name) => centrifuge(node,
  { token: token({ sub: name }) }).connected();

/** Publishes the numbers from `first` to `last`. */
async function publish(node, channel, first, last) {
  for (let i = first; i <= last; ++i) {
    assert.equal((await node.publish(channel, `${i}`)).status, 200);
  }
}

/** Subscribes a new client, which has the position, and waits for the answer. */
async function comeBack(node, channel, since) {
  const client = await user(node, 'ann');
  const sub = client.watch(channel, { recoverable: true, since });
  const answer = await told(sub, 'subscribed');
  return { client, sub, answer };
}

/** A client that sees publications 1 to 10 and leaves. Its position. */
async function seeTen(node, channel, atEight = async () => {}) {
  const ann = await user(node, 'ann');
  const sub = await ann.subscribe(channel, { recoverable: true });
  const { streamPosition: { epoch } } = await told(sub, 'subscribed');
  await publish(node, channel, 1, 8);
  await dataOf(sub, 8);
  await atEight();
  await publish(node, channel, 9, 10);
  await dataOf(sub, 10);
  ann.hangUp();
  return { offset: 10, epoch };
}

/** Waits until no node has a member of any channel. */
async function isEmpty(redis) {
  await eventually(async () => (await redis.channels()).length === 0,
    'no channel has members');
}

async function comeBackFromDump(redis, nodes) {
  await redis.kill();
  await redis.start();
  await Promise.all(nodes.map((node) => node.ready(20_000)));
}

describe('a Redis that comes back from an older dump', () => {
  afterEach(leaveNothing);
  after(leaveNothing);

  for (const where of ['the same node', 'another node', 'a restarted node']) {
    it(`recovers nobody from what is lost, on ${where}`, async () => {
      const { redis, nodes: [one, two] } = await startCluster({ settings });
      const channel = 'kept:room';
      const since = await seeTen(one, channel,
        () => redis.command('SAVE'));
      await isEmpty(redis);
      await comeBackFromDump(redis, [one, two]);
      if (where === 'a restarted node') {
        await one.kill();
        await one.restart();
        await one.ready(20_000);
      }
      const node = where === 'another node' ? two : one;
      await publish(two, channel, 109, 113);
      const late = await comeBack(node, channel, since);
      assert.equal(late.answer.recovered, false);
      const early = await comeBack(node, channel,
        { offset: 8, epoch: since.epoch });
      assert.equal(early.answer.recovered, true);
      assert.deepEqual(await dataOf(early.sub, 5), [109, 110, 111, 112, 113]);
      const stream = await listen(node, channel,
        { 'Last-Event-ID': `10:${since.epoch}`,
          Authorization: `Bearer ${token({ sub: 'ann' })}` });
      assert.equal((await stream.next()).event, 'gap');
      stream.hangUp();
    });
  }

  it('twice: each time', async () => {
    const { redis, nodes: [one] } = await startCluster({ count: 1, settings });
    const channel = 'kept:twice';
    const first = await seeTen(one, channel, () => redis.command('SAVE'));
    await isEmpty(redis);
    await comeBackFromDump(redis, [one]);
    await publish(one, channel, 109, 110);
    const ann = await comeBack(one, channel, { offset: 8, epoch: first.epoch });
    await dataOf(ann.sub, 2);
    const second = { offset: 10, epoch: ann.answer.streamPosition.epoch };
    assert.notEqual(second.epoch, first.epoch);
    ann.client.hangUp();
    await isEmpty(redis);
    await comeBackFromDump(redis, [one]);
    await publish(one, channel, 209, 213);
    for (const since of [first, second]) {
      const { answer } = await comeBack(one, channel, since);
      assert.equal(answer.recovered, false);
    }
  });

  it('by way of a replica that lagged', async () => {
    const redis = await startRedis();
    const replica = await startRedis();
    const node = await startNode({ ...settings, 'redis.url': redis.url });
    const spare = await startNode({ ...settings, 'redis.url': replica.url });
    const channel = 'kept:replica';
    const since = await seeTen(node, channel, async () => {
      await replica.command('REPLICAOF', '127.0.0.1', `${redis.port}`);
      await eventually(async () =>
        await replica.command('EXISTS', `rookery:log:{${channel}}`) === 1,
      'the replica has the history', 20_000);
      await replica.command('REPLICAOF', '127.0.0.1', '1');
    });
    await replica.command('REPLICAOF', 'NO', 'ONE');
    await spare.ready(20_000);
    await publish(spare, channel, 109, 113);
    const late = await comeBack(spare, channel, since);
    assert.equal(late.answer.recovered, false);
    const early = await comeBack(spare, channel, { ...since, offset: 8 });
    assert.equal(early.answer.recovered, true);
    assert.deepEqual(await dataOf(early.sub, 5), [109, 110, 111, 112, 113]);
  });
});

describe('a Redis that comes back with everything', () => {
  afterEach(leaveNothing);
  after(leaveNothing);

  const durable = ['--appendonly', 'yes', '--appendfsync', 'always'];

  it('loses nothing for clients that were there, and come back later',
    async () => {
      const redis = await startRedis({ args: durable });
      const { nodes: [one] } = await startCluster({ redis, count: 1, settings });
      const channel = 'kept:whole';
      const ann = await user(one, 'ann');
      const sub = await ann.subscribe(channel, { recoverable: true });
      const bob = await connect(one, `/ws/${channel}?notices=N&token=${
        token({ sub: 'bob' })}`);
      const { epoch } = JSON.parse(await bob.text());
      await publish(one, channel, 1, 2);
      await dataOf(sub, 2);
      assert.deepEqual(await bob.texts(2), ['1', '2']);
      await comeBackFromDump(redis, [one]);
      await publish(one, channel, 3, 4);
      assert.deepEqual(await dataOf(sub, 4), [1, 2, 3, 4]);
      const notice = JSON.parse(await bob.text());
      assert.deepEqual([notice.rookery, notice.offset], ['position', 2]);
      assert.notEqual(notice.epoch, epoch);
      assert.deepEqual(await bob.texts(2), ['3', '4']);
      ann.cut();
      await publish(one, channel, 5, 6);
      assert.deepEqual(await dataOf(sub, 6), [1, 2, 3, 4, 5, 6]);
      assert.ok(sub.told.filter(({ event, wasRecovering }) =>
        event === 'subscribed' && wasRecovering)
        .every(({ recovered }) => recovered), JSON.stringify(sub.told));
      await bob.close();
    });
});
