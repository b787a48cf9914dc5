// Two nodes on one Redis: bytes arrive unchanged, everywhere, in one order.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { connect, eventually, leaveNothing, startCluster, startNode, within }
  from './harness/index.mjs';

const marker = Buffer.from([0xff, 0x52, 0x4b, 0x59]);

async function listenInRedis(redis, channel) {
  const client = await redis.client();
  const seen = [];
  await client.subscribe(channel, (data) => seen.push(data), true);
  return { client, seen };
}

describe('two nodes and a Redis', () => {
  let redis;
  let here;
  let there;

  before(async () => {
    ({ redis, nodes: [here, there] } = await startCluster());
  });
  after(leaveNothing);

  it('a client gets its own text back as text', async () => {
    const ann = await connect(here, '/ws/echo');
    ann.send('hello, größe ☂');
    assert.equal(await ann.text(), 'hello, größe ☂');
    await ann.close();
  });

  it('binary stays binary and empty messages stay empty', async () => {
    const ann = await connect(here, '/ws/kinds');
    const bob = await connect(there, '/ws/kinds');
    const bytes = Buffer.from([0, 1, 0xff, 0xfe, 0x80]);
    for (const data of [bytes, Buffer.from('ascii'), Buffer.alloc(0)]) {
      ann.send(data);
      assert.deepEqual(await ann.binary(), data);
      assert.deepEqual(await bob.binary(), data);
    }
    ann.send('');
    assert.equal(await ann.text(), '');
    assert.equal(await bob.text(), '');
    await ann.close();
    await bob.close();
  });

  it('a payload that begins with our marker is only a payload', async () => {
    const ann = await connect(here, '/ws/marker');
    const bob = await connect(there, '/ws/marker');
    const forged = Buffer.concat([marker, Buffer.from([1, 0, 0, 0]),
      Buffer.from('forged')]);
    for (const data of [marker, forged]) {
      ann.send(data);
      assert.deepEqual(await bob.binary(), data);
      assert.deepEqual(await ann.binary(), data);
    }
    await ann.close();
    await bob.close();
  });

  it('a message of exactly the limit passes', async () => {
    const ann = await connect(here, '/ws/large');
    const bob = await connect(there, '/ws/large');
    const text = 'x'.repeat(1 << 20);
    ann.send(text);
    assert.equal(await bob.text(), text);
    assert.equal(await ann.text(), text);
    await ann.close();
    await bob.close();
  });

  it('compression is offered by the client and not taken', async () => {
    const ann = await connect(here, '/ws/plain', { perMessageDeflate: true });
    assert.equal(ann.socket.extensions, '');
    await ann.close();
  });

  it('PUBLISH in Redis reaches every client of both nodes', async () => {
    const clients = [];
    for (const node of [here, here, there, there]) {
      clients.push(await connect(node, '/ws/news'));
    }
    await redis.command('PUBLISH', 'news', 'hello');
    for (const client of clients) assert.equal(await client.text(), 'hello');
    const publisher = await redis.client();
    const invalid = Buffer.from([0x61, 0xc3, 0x28]);
    await publisher.publish('news', invalid);
    for (const one of clients) assert.deepEqual(await one.binary(), invalid);
    for (const client of clients) await client.close();
  });

  it('a broken envelope is dropped and the next message arrives', async () => {
    const ann = await connect(here, '/ws/broken');
    const publisher = await redis.client();
    await publisher.publish('broken', marker);
    await publisher.publish('broken',
      Buffer.concat([marker, Buffer.from([1, 9, 255, 255])]));
    await publisher.publish('broken', 'after');
    assert.equal(await ann.text(), 'after');
    await ann.close();
  });

  it('a subscriber of Redis sees a client\'s text verbatim', async () => {
    const { seen } = await listenInRedis(redis, 'room:42');
    const ann = await connect(there, '/ws/room:42');
    ann.send('{"a": "ä"}');
    assert.equal(await ann.text(), '{"a": "ä"}');
    assert.deepEqual(seen.map(String), ['{"a": "ä"}']);
    await ann.close();
  });

  it('channel names are decoded, and may be any UTF-8', async () => {
    const longest = 'x'.repeat(255);
    for (const name of ['größe ☂', 'a/b?c#d', '100%', '+', longest]) {
      const ann = await connect(here, `/ws/${encodeURIComponent(name)}`);
      await redis.command('PUBLISH', name, name);
      assert.equal(await ann.text(), name);
      await ann.close();
    }
  });

  it('redis.prefix keeps clusters apart', async () => {
    const apart = await startNode({
      'redis.url': redis.url, 'redis.prefix': 'apart:' });
    const ann = await connect(apart, '/ws/shared');
    const bob = await connect(here, '/ws/shared');
    bob.send('for the others');
    assert.equal(await bob.text(), 'for the others');
    await redis.command('PUBLISH', 'apart:shared', 'for us');
    assert.equal(await ann.text(), 'for us');
    assert.deepEqual(bob.received, []);
    await ann.close();
    await bob.close();
  });

  it('10,000 messages have one order for everybody', async () => {
    const each = 2500;
    const { seen } = await listenInRedis(redis, 'order');
    const clients = [];
    for (const node of [here, here, there, there]) {
      clients.push(await connect(node, '/ws/order'));
    }
    for (let i = 0; i < each; ++i) {
      clients.forEach((client, who) => client.send(`${who}:${i}`));
    }
    const [first, ...others] = await within(Promise.all(clients.map(
      (client) => client.texts(4 * each, 60_000))), 'all messages', 60_000);
    assert.equal(new Set(first).size, 4 * each);
    for (const other of others) assert.deepEqual(other, first);
    // The subscriber of Redis may be behind the clients.
    await eventually(() => seen.length >= first.length, 'all in Redis');
    assert.deepEqual(seen.map(String), first);
    for (let who = 0; who < clients.length; ++who) {
      const own = first.filter((text) => text.startsWith(`${who}:`));
      assert.deepEqual(own, own.map((_, i) => `${who}:${i}`));
    }
    for (const client of clients) await client.close();
  });
});
