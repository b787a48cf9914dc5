// One node without Redis: the in-process bus keeps the same promises.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { connect, leaveNothing, startNode, subscribe }
  from './harness/index.mjs';

describe('one node on its own bus', () => {
  let node;

  before(async () => {
    node = await startNode({ 'node.loops': 3 });
  });
  after(leaveNothing);

  it('is ready and healthy without Redis', async () => {
    assert.equal((await node.get('/health')).status, 200);
    assert.equal((await node.get('/ready')).status, 200);
  });

  it('clients of all loops see each other', async () => {
    const clients = [];
    for (let i = 0; i < 12; ++i) clients.push(await connect(node, '/ws/all'));
    for (const [i, client] of clients.entries()) client.send(`from ${i}`);
    const expected = await clients[0].texts(clients.length);
    assert.equal(new Set(expected).size, clients.length);
    for (const client of clients.slice(1)) {
      assert.deepEqual(await client.texts(clients.length), expected);
    }
    for (const client of clients) await client.close();
  });

  it('text and binary come back as they went', async () => {
    const ann = await connect(node, '/ws/kinds');
    ann.send('text ☂');
    ann.send(Buffer.from([0xff, 0x52, 0x4b, 0x59, 1]));
    ann.send('');
    assert.equal(await ann.text(), 'text ☂');
    assert.deepEqual(await ann.binary(),
      Buffer.from([0xff, 0x52, 0x4b, 0x59, 1]));
    assert.equal(await ann.text(), '');
    await ann.close();
  });

  it('channels do not leak into each other', async () => {
    const ann = await connect(node, '/ws/one');
    const bob = await connect(node, '/ws/two');
    ann.send('only one');
    bob.send('only two');
    assert.equal(await ann.text(), 'only one');
    assert.equal(await bob.text(), 'only two');
    await ann.close();
    await bob.close();
  });

  it('the protocols share one channel space', async () => {
    const ann = await connect(node, '/ws/shared');
    const stream = await subscribe(node, 'shared');
    assert.equal((await node.publish('shared', 'over HTTP')).status, 200);
    assert.equal(await ann.text(), 'over HTTP');
    assert.deepEqual(await stream.next(),
      { event: 'message', data: 'over HTTP' });
    stream.hangUp();
    await ann.close();
  });

  it('4,000 messages of four publishers have one order', async () => {
    const each = 1000;
    const clients = [];
    for (let i = 0; i < 4; ++i) clients.push(await connect(node, '/ws/order'));
    for (let i = 0; i < each; ++i) {
      clients.forEach((client, who) => client.send(`${who}:${i}`));
    }
    const [first, ...others] = await Promise.all(
      clients.map((client) => client.texts(4 * each, 30_000)));
    assert.equal(new Set(first).size, 4 * each);
    for (const other of others) assert.deepEqual(other, first);
    for (const client of clients) await client.close();
  });

  it('the halves of the plain protocol can be switched off', async () => {
    const quiet = await startNode({ 'plain.publish': false });
    const ann = await connect(quiet, '/ws/quiet');
    ann.send('not allowed');
    await ann.expectClose(1008);
    assert.equal((await quiet.publish('quiet', 'x')).status, 403);
    const deaf = await startNode({ 'plain.subscribe': false });
    const bob = await connect(deaf, '/ws/deaf');
    bob.send('published, and not heard here');
    assert.equal((await deaf.get('/sse/deaf')).status, 403);
    assert.equal((await deaf.publish('deaf', 'x')).status, 200);
    await bob.close();
    assert.deepEqual(bob.received, []);
  });
});
