// Channels with a history: missed messages are repaired, or clients are told.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { connect, eventually, leaveNothing, listen, refusal, startCluster,
  startNode } from './harness/index.mjs';

const kept = { 'namespace.kept.history-size': 100,
  'namespace.kept.history-ttl': '1min',
  'namespace.deep.history-size': 1000,
  'namespace.deep.history-ttl': '1min' };

/** Resumes after the last event of `stream`, on any node. */
function comeBack(node, channel, stream) {
  return listen(node, channel, { 'Last-Event-ID': stream.lastId });
}

async function data(stream, count) {
  const result = [];
  while (result.length < count) result.push((await stream.next()).data);
  return result;
}

/** A client that is told its position, at the head of the channel. */
async function join(node, channel, since = '') {
  const client = await connect(node,
    `/ws/${channel}?notices=N1${since && `&since=${since}`}`);
  const notice = JSON.parse(await client.text());
  return { client, notice };
}

describe('a channel with history on two nodes', () => {
  let redis;
  let one;
  let two;

  before(async () => {
    ({ redis, nodes: [one, two] } = await startCluster({ settings: kept }));
  });
  after(leaveNothing);

  it('lets an event stream go on where it was, on the other node', async () => {
    const ann = await connect(one, '/ws/kept:stream');
    const stream = await listen(one, 'kept:stream');
    await eventually(() => stream.lastId, 'a position before any event');
    ann.send('seen');
    assert.deepEqual(await data(stream, 1), ['seen']);
    await eventually(() => stream.lastId.startsWith('1:'), 'the id of an event');
    stream.hangUp();
    for (const text of ['a', 'b', 'c']) ann.send(text);
    await eventually(async () =>
      await redis.command('XLEN', 'rookery:log:{kept:stream}') === 4,
    'all publications kept');
    const again = await comeBack(two, 'kept:stream', stream);
    ann.send('live');
    assert.deepEqual(await data(again, 4), ['a', 'b', 'c', 'live']);
    again.hangUp();
    await ann.close();
  });

  it('tells a WebSocket client its position and what it missed', async () => {
    const { client: ann, notice } = await join(one, 'kept:socket');
    assert.equal(notice.rookery, 'position');
    assert.equal(notice.offset, 0);
    assert.match(notice.epoch, /^[A-Za-z0-9]+$/);
    for (const text of ['1', '2', '3']) ann.send(text);
    assert.deepEqual(await ann.texts(3), ['1', '2', '3']);
    const { client: bob, notice: his } =
      await join(two, 'kept:socket', `1:${notice.epoch}`);
    assert.deepEqual([his.rookery, his.offset], ['position', 1]);
    assert.deepEqual(await bob.texts(2), ['2', '3']);
    await ann.close();
    await bob.close();
  });

  it('says so when what was missed is gone', async () => {
    const { client, notice } =
      await join(one, 'kept:gone', '5:neverhere');
    assert.deepEqual([notice.rookery, notice.reason], ['gap', 'trimmed']);
    assert.equal(JSON.parse(await client.text()).rookery, 'position');
    await client.close();
    const stream = await listen(one, 'kept:gone',
      { 'Last-Event-ID': '5:neverhere' });
    assert.equal((await stream.next()).event, 'gap');
    stream.hangUp();
  });

  it('takes an event id of another server for a position that is gone',
    async () => {
      for (const channel of ['kept:foreign', 'plain-foreign']) {
        const stream = await listen(one, channel,
          { 'Last-Event-ID': 'urn:uuid:36d8a1e0' });
        assert.equal(stream.status, 200);
        assert.equal((await stream.next()).event, 'gap');
        await one.publish(channel, 'live');
        assert.equal((await stream.next()).data, 'live');
        stream.hangUp();
      }
      assert.equal(await refusal(one, '/sse/kept:x?since=abc'), 400);
    });

  it('needs a way to say so', async () => {
    assert.equal(await refusal(one, '/ws/kept:x?since=1:abc'), 400);
    assert.equal(await refusal(one, '/ws/kept:x?notices=N1&since=abc'), 400);
  });

  it('repairs what a node missed while its link was away, in order',
    async () => {
      const { client: ann } = await join(one, 'deep:repair');
      const { client: bob } = await join(two, 'deep:repair');
      const sent = [];
      for (let i = 0; i < 300; ++i) {
        if (i % 60 === 30) {
          await redis.command('CLIENT', 'KILL', 'TYPE', 'pubsub');
        }
        sent.push(`${i}`);
        ann.send(`${i}`);
        if (i % 10 === 0) await new Promise(setImmediate);
      }
      assert.deepEqual(await ann.texts(300, 20_000), sent);
      assert.deepEqual(await bob.texts(300, 20_000), sent);
      await ann.close();
      await bob.close();
    });

  it('tells everybody when Redis has lost the history', async () => {
    const { client: ann } = await join(one, 'kept:lost');
    const { client: bob } = await join(two, 'kept:lost');
    ann.send('before');
    assert.equal(await ann.text(), 'before');
    assert.equal(await bob.text(), 'before');
    await redis.command('FLUSHALL');
    ann.send('after');
    for (const client of [ann, bob]) {
      const told = JSON.parse(await client.text());
      assert.deepEqual([told.rookery, told.reason], ['gap', 'new_epoch']);
    }
    ann.send('next');
    await eventually(() => bob.received.some(
      ({ data: bytes }) => bytes.toString() === 'next'), 'what follows');
    await ann.close();
    await bob.close();
  });

  it('passes on what is published in Redis by hand', async () => {
    const { client } = await join(two, 'kept:raw');
    await redis.command('PUBLISH', 'kept:raw', 'by hand');
    assert.equal(await client.text(), 'by hand');
    await client.close();
  });

  it('keeps positions over the restart of a node', async () => {
    const { client: ann, notice } = await join(one, 'kept:restart');
    ann.send('1');
    await ann.text();
    const third = await startNode({ 'redis.url': redis.url, ...kept });
    await third.stop();
    const fourth = await startNode({ 'redis.url': redis.url, ...kept });
    const { client: bob, notice: his } =
      await join(fourth, 'kept:restart', `0:${notice.epoch}`);
    assert.equal(his.epoch, notice.epoch);
    assert.equal(await bob.text(), '1');
    await bob.close();
    await ann.close();
    await fourth.stop();
  });

  it('keeps nothing of channels outside of the namespace', async () => {
    const ann = await connect(one, '/ws/other:room?notices=N1');
    ann.send('hi');
    assert.equal(await ann.text(), 'hi');
    assert.equal(await redis.command('EXISTS', 'rookery:pos:{other:room}'), 0);
    await ann.close();
  });
});

describe('a channel with history on a node by itself', () => {
  let node;

  before(async () => { node = await startNode(kept); });
  after(leaveNothing);

  it('lets clients go on where they were', async () => {
    const ann = await connect(node, '/ws/kept:room');
    const stream = await listen(node, 'kept:room');
    ann.send('seen');
    assert.deepEqual(await data(stream, 1), ['seen']);
    await eventually(() => stream.lastId, 'an id');
    stream.hangUp();
    ann.send('missed');
    assert.deepEqual(await ann.texts(2), ['seen', 'missed']);
    const watcher = await listen(node, 'kept:room');
    ann.send('live');
    assert.deepEqual(await data(watcher, 1), ['live']);
    const again = await comeBack(node, 'kept:room', stream);
    assert.deepEqual(await data(again, 2), ['missed', 'live']);
    again.hangUp();
    watcher.hangUp();
    await ann.close();
  });
});
