// Moments that are easy to get wrong.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { connect, dial, eventually, frame, handshake, leaveNothing, opcodes,
  pause, release, startCluster, startNode, startRedis }
  from './harness/index.mjs';

describe('races', () => {
  let redis;
  let here;
  let there;

  before(async () => {
    ({ redis, nodes: [here, there] } = await startCluster());
  });
  after(leaveNothing);

  it('a publish in the same packet as the upgrade comes back', async () => {
    for (let i = 0; i < 50; ++i) {
      const connection = await dial(here.port);
      connection.send(Buffer.concat([Buffer.from(handshake(`/ws/early${i}`)),
        frame(opcodes.text, 'early')]));
      assert.equal((await connection.response()).status, 101);
      assert.equal((await connection.frame()).payload.toString(), 'early');
      connection.hangUp();
    }
  });

  it('after the 101 nothing that is published is missed', async () => {
    for (let i = 0; i < 100; ++i) {
      const ann = await connect(i % 2 ? here : there, `/ws/first${i}`);
      assert.equal(await redis.command('PUBLISH', `first${i}`, 'first'), 1);
      assert.equal(await ann.text(), 'first');
      ann.hangUp();
    }
  });

  it('a client that leaves before it is let in leaves nothing', async () => {
    for (let i = 0; i < 100; ++i) {
      const connection = await dial(here.port);
      connection.send(handshake(`/ws/gone${i % 7}`));
      if (i % 2) connection.socket.end();
      else connection.socket.resetAndDestroy?.() ?? connection.hangUp();
    }
    await eventually(async () => (await redis.channels())
      .every((name) => !name.startsWith('gone')), 'no channel is left');
  });

  it('nodes that come and go keep one SUBSCRIBE each', async () => {
    for (let i = 0; i < 60; ++i) {
      const [ann, bob] = await Promise.all(
        [connect(here, '/ws/door'), connect(there, '/ws/door')]);
      assert.equal(await redis.subscribers('door'), 2);
      ann.send(`${i}`);
      assert.equal(await ann.text(), `${i}`);
      assert.equal(await bob.text(), `${i}`);
      await Promise.all(i % 3 ? [ann.close(), bob.close()] : [ann.close()]);
      bob.hangUp();
    }
    await eventually(async () => (await redis.subscribers('door')) === 0,
      'nobody is subscribed any more', 5_000);
  });

  it('many clients of one channel are one subscription', async () => {
    const clients = await Promise.all(Array.from({ length: 40 },
      () => connect(here, '/ws/crowd')));
    assert.equal(await redis.subscribers('crowd'), 1);
    for (const client of clients.slice(1)) await client.close();
    clients[0].send('alone');
    assert.equal((await clients[0].text()), 'alone');
    assert.equal(await redis.subscribers('crowd'), 1);
    await clients[0].close();
  });

  it('a channel that is joined while it retires works', async () => {
    for (let i = 0; i < 8; ++i) {
      const ann = await connect(here, '/ws/retire');
      await ann.close();
      // Around the deferred unsubscribe, a second after the last member left.
      await pause(900 + 40 * i);
      const bob = await connect(here, '/ws/retire');
      await redis.command('PUBLISH', 'retire', `${i}`);
      assert.equal(await bob.text(), `${i}`);
      await bob.close();
    }
  });
});

describe('publishing while Redis reconnects', () => {
  let redis;
  let node;

  before(async () => {
    redis = await startRedis();
    node = await startNode({ 'redis.url': redis.url });
  });
  after(leaveNothing);

  it('is told, by close 1013 or by a notice, never in silence', async () => {
    const plain = await connect(node, '/ws/news');
    const told = await connect(node, '/ws/news?notices=T1');
    await redis.kill();
    await eventually(async () => (await node.get('/ready')).status === 503,
      'the loss is noticed');
    plain.send('lost');
    assert.match(await plain.expectClose(1013), /./);
    told.send('lost too');
    await eventually(() => told.received.some(({ data }) => {
      const notice = JSON.parse(data.toString());
      return notice.rookery === 'publish' && notice.tag === 'T1'
        && ['refused', 'unknown'].includes(notice.outcome) && notice.reason;
    }), 'the notice');
    assert.ok(told.open);
    await redis.start();
    told.received.length = 0;
    await eventually(async () => (await node.get('/ready')).status === 200,
      'ready again', 12_000);
    told.send('through');
    await eventually(() => told.received.some(
      ({ data }) => data.toString() === 'through'), 'the own echo');
    await told.close();
  });

  it('in flight when the link falls, has an outcome for each', async () => {
    const told = await connect(node, '/ws/flight?notices=T2');
    redis.freeze();
    const count = 20;
    for (let i = 0; i < count; ++i) told.send(`m${i}`);
    await eventually(async () => (await node.get('/ready')).status === 503,
      'the hung Redis is noticed', 15_000);
    await redis.program.kill();
    await redis.kill();
    await eventually(() => told.received.filter(({ data }) =>
      data.toString().includes('"publish"')).length === count,
    () => `${count} outcomes among ${told.received.length}`, 15_000);
    await redis.start();
    await told.close();
    await release(node);
  });
});
