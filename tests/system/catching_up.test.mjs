// Clients that read are never closed, however much they get at once: what has
// no room is handed to them in pages, and what is read is bounded.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { centrifuge, open } from './harness/centrifuge.mjs';
import { connect, eventually, leaveNothing, listen, pause, release,
  startCluster, upTo, within } from './harness/index.mjs';

const settings = {
  'centrifuge.insecure': true,
  ...open('kept', { 'history-size': 1000, 'history-ttl': '10min' }),
  ...open('chat', { 'history-size': 300, 'history-ttl': '10min' }),
};

const mebibyte = 1 << 20;

/** A text of that many bytes that begins with its number. */
const numbered = (number, bytes) => `"${number}:`.padEnd(bytes - 1, 'x') + '"';

const numberOf = (text) => Number(/^"?(\d+):/.exec(text)[1]);

/** Publishes `count` texts of `bytes` into the channel's history. */
async function fill(node, redis, channel, count, bytes) {
  const publisher = await connect(node, `/ws/${channel}`);
  publisher.socket.on('message', () => { publisher.received.length = 0; });
  const some = Math.ceil(mebibyte / bytes);
  for (let i = 1; i <= count; ++i) {
    publisher.send(numbered(i, bytes));
    if (i % some === 0) {
      await eventually(async () => await top(redis, channel) >= i,
        'what was sent is kept');
    }
  }
  await eventually(async () => await top(redis, channel) === count,
    'everything is kept');
  await publisher.close();
}

const top = async (redis, channel) =>
  Number(await redis.command('HGET', `rookery:pos:{${channel}}`, 'o'));

const epoch = (redis, channel) =>
  redis.command('HGET', `rookery:pos:{${channel}}`, 'e');

/** A question how many MiB the Redis has grown at most since now. */
async function watchMemory(redis) {
  const memory = async (name) => Number(new RegExp(`${name}:(\\d+)`)
    .exec(await redis.command('INFO', 'memory'))[1]);
  await redis.command('CONFIG', 'RESETSTAT');
  const before = await memory('used_memory');
  return async () => Math.round(
    (await memory('used_memory_peak') - before) / mebibyte);
}

/** The numbers of the next `count` messages. */
const numbers = async (client, count) =>
  (await client.texts(count, 30_000)).map(numberOf);

/** A client of the Centrifuge protocol that reads `rate` bytes a second. */
async function slowClient(node, rate) {
  const client = await connect(node, '/connection/websocket');
  const began = performance.now();
  let bytes = 0;
  const messages = [];
  client.socket.on('message', (data) => {
    client.received.length = 0;
    bytes += data.length;
    messages.push(...data.toString().split('\n').filter(Boolean)
      .map((line) => JSON.parse(line)));
    const ahead = bytes / rate * 1000 - (performance.now() - began);
    if (ahead < 20) return;
    client.socket.pause();
    setTimeout(() => client.socket.resume(), ahead);
  });
  return { client, messages,
    send: (...commands) =>
      client.send(commands.map((each) => JSON.stringify(each)).join('\n')) };
}

describe('clients that read', () => {
  let redis;
  let one;
  let two;

  before(async () => {
    ({ redis, nodes: [one, two] } = await startCluster({ settings }));
  });
  after(leaveNothing);

  it('get all that their node missed while it stood still', async () => {
    const readers = [];
    for (let i = 0; i < 10; ++i) {
      readers.push(await connect(two, '/ws/kept:frozen'));
    }
    two.freeze();
    await redis.command('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await one.ready();
    await fill(one, redis, 'kept:frozen', 300, 5_000);
    two.thaw();
    for (const each of readers) {
      assert.deepEqual(await numbers(each, 300), upTo(300));
    }
    for (const each of readers) await each.close();
  });

  for (const [count, bytes] of [[250, 20_000], [290, 60_000]]) {
    it(`recover ${count} messages of ${bytes} bytes at once`, async () => {
      const channel = `kept:back-${bytes}`;
      await fill(one, redis, channel, count, bytes);
      const since = `0:${await epoch(redis, channel)}`;
      const socket = await connect(two, `/ws/${channel}?notices=N1&since=${
        since}`);
      const stream = await listen(two, channel, { 'Last-Event-ID': since });
      const notice = JSON.parse(await socket.text());
      assert.deepEqual([notice.rookery, notice.offset], ['position', 0]);
      assert.deepEqual(await numbers(socket, count), upTo(count));
      await eventually(() => stream.events.length >= count,
        () => `${count} events, ${stream.events.length} came`, 30_000);
      assert.deepEqual(stream.events.map(({ data }) => numberOf(data)),
        upTo(count));
      await socket.close();
      stream.hangUp();
    });
  }

  it('recover on a slow line while more is published', async () => {
    const channel = 'kept:slow';
    await fill(one, redis, channel, 250, 20_000);
    const { client, messages, send } = await slowClient(two, 2 * mebibyte);
    send({ id: 1, connect: {} });
    send({ id: 2, subscribe: { channel, recover: true, offset: 0,
      epoch: await epoch(redis, channel) } });
    const publisher = await connect(one, `/ws/${channel}`);
    for (let i = 251; i <= 265; ++i) {
      publisher.send(numbered(i, 20_000));
      await pause(200);
    }
    const publications = () => messages.flatMap((each) =>
      each.subscribe?.publications ?? (each.push?.pub ? [each.push.pub] : []));
    await eventually(() => publications().length >= 265 || client.ending,
      () => `265 publications, ${publications().length} came`, 30_000);
    assert.equal(client.ending, undefined);
    const { subscribe } = messages.find(({ id }) => id === 2);
    assert.ok(subscribe.recovered);
    assert.ok(!subscribe.offset);
    assert.deepEqual(publications().map(({ offset }) => offset), upTo(265));
    assert.deepEqual(publications().map(({ data }) => numberOf(data)),
      upTo(265));
    await publisher.close();
    await client.close();
  });

  it('all go on, on slow lines in many channels at once', async () => {
    const { redis, nodes: [tight] } = await startCluster({ count: 1,
      settings: { ...settings, 'node.loops': 1, 'node.output-memory': '8MiB' } });
    const [channels, count, bytes] = [30, 200, 5_000];
    const names = upTo(channels).map((n) => `kept:slow${n}`);
    await Promise.all(names.map(
      (name) => fill(tight, redis, name, count, bytes)));
    const start = tight.residentBytes();
    await redis.command('CONFIG', 'RESETSTAT');
    const clients = await Promise.all(names.map(async (name) => connect(tight,
      `/ws/${name}?notices=T&since=0:${await epoch(redis, name)}`)));
    const pulse = setInterval(() => {
      for (const { socket } of clients) {
        socket.resume();
        setTimeout(() => socket.isPaused || socket.pause(), 2);
      }
    }, 40);
    let grown = 0;
    const isDone = ({ received }) => received.length > count;
    await eventually(() => {
      grown = Math.max(grown, tight.residentBytes() - start);
      return clients.every(isDone);
    }, () => `all but ${clients.filter((each) => !isDone(each)).length}`, 40_000);
    clearInterval(pulse);
    for (const { received } of clients) {
      assert.deepEqual(received.map(({ data }) => `${data}`)
        .filter((text) => !text.startsWith('{')).map(numberOf), upTo(count));
    }
    const read = Number(/total_net_output_bytes:(\d+)/.exec(
      await redis.command('INFO', 'stats'))[1]);
    assert.ok(read < 3 * channels * count * bytes,
      `${read} bytes of ${channels * count * bytes} were read`);
    assert.ok(grown < 48 * mebibyte, `grew by ${grown / mebibyte} MiB`);
    for (const each of clients) each.hangUp();
    await release(tight);
    await release(redis);
  });

  it('of an SDK recover 20 channels at the first attempt', async () => {
    const channels = upTo(20).map((i) => `kept:many-${i}`);
    const client = await centrifuge(two).connected();
    const subs = [];
    for (const each of channels) {
      subs.push(await client.subscribe(each, { recoverable: true }));
    }
    client.centrifuge.disconnect();
    for (const each of channels) await fill(one, redis, each, 100, 2_000);
    client.centrifuge.connect();
    for (const sub of subs) {
      await eventually(() => sub.seen.length >= 100,
        () => `100 publications, ${sub.seen.length} came`, 30_000);
      assert.deepEqual(sub.seen.map(({ data }) => numberOf(data)), upTo(100));
      const [first, again, ...more] = sub.told.filter(
        ({ event }) => event === 'subscribed');
      assert.ok(first && again.wasRecovering && again.recovered);
      assert.deepEqual(more, []);
    }
    assert.deepEqual(client.events.filter(({ event }) =>
      event === 'connecting').length, 2);
    // Positions went on with what came after the replies.
    client.cut();
    await within(client.centrifuge.ready(), 'another connection');
    await eventually(() => subs.every((sub) => sub.told.filter(
      ({ event }) => event === 'subscribed').length === 3), 'all are back');
    assert.ok(subs.every((sub) => sub.seen.length === 100));
    client.hangUp();
  });

  it('are served in turn with one that reads nothing and asks for much',
    async () => {
      const channel = 'chat:h';
      await fill(one, redis, channel, 300, 30_000);
      const bystander = await centrifuge(two).connected();
      const grown = await watchMemory(redis);
      for (const limit of [() => 300, (id) => 300 - id % 150]) {
        const client = await connect(two, '/connection/websocket');
        client.send(JSON.stringify({ id: 1, connect: {} }));
        await client.text();
        client.send(upTo(257, 2).map((id) => JSON.stringify(
          { id, history: { channel, limit: limit(id) } })).join('\n'));
        client.socket.pause();
        for (let i = 0; i < 20; ++i) {
          await within(bystander.centrifuge.publish('chat:calm', i),
            'a publish of another', 2_000);
          await pause(20);
        }
        client.hangUp();
      }
      assert.ok(await grown() < 32, `Redis grew by ${await grown()} MiB`);
      bystander.hangUp();
    });

  it('cost Redis no more than the page of large messages that they get',
    async () => {
      const channel = 'chat:large';
      await fill(one, redis, channel, 32, 900_000);
      const client = await connect(two, '/connection/websocket');
      client.send(JSON.stringify({ id: 1, connect: {} }));
      await client.text();
      const grown = await watchMemory(redis);
      client.send(JSON.stringify({ id: 2, history: { channel, limit: 32 } }));
      const { history } = JSON.parse(await client.text());
      assert.deepEqual(history.publications.map(({ offset }) => offset), [1]);
      assert.ok(await grown() < 8, `Redis grew by ${await grown()} MiB`);
      await client.close();
    });
});

for (const loops of [1, 3]) {
  describe(`a reader on a node of ${loops} loops`, () => {
    let redis;
    let node;

    before(async () => {
      ({ redis, nodes: [node] } = await startCluster(
        { count: 1, settings: { ...settings, 'node.loops': loops } }));
    });
    after(leaveNothing);

    it('gets a burst of twice its queue', async () => {
      const reader = await connect(node, '/ws/burst');
      const publisher = await redis.client();
      const filler = 'x'.repeat(64 * 1024 - 8);
      for (let round = 0; round < 5; ++round) {
        await Promise.all(upTo(32).map((i) =>
          publisher.publish('burst', `${i}:`.padEnd(8) + filler)));
        assert.deepEqual(await numbers(reader, 32), upTo(32));
      }
      await reader.close();
    });
  });
}
