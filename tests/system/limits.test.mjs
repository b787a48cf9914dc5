// Limits hold, and new clients are served once there is room.
import assert from 'node:assert/strict';
import net from 'node:net';
import { after, describe, it } from 'node:test';
import { connect, dial, dialChannel, eventually, frame, handshake,
  leaveNothing, opcodes, pause, refusal, release, startNode, startRedis,
  within } from './harness/index.mjs';

describe('limits', () => {
  after(leaveNothing);

  it('listen.max-connections refuses with 503 and recovers', async () => {
    const node = await startNode({ 'listen.max-connections': 10 });
    const clients = [];
    for (let i = 0; i < 10; ++i) clients.push(await connect(node, '/ws/x'));
    assert.equal(await refusal(node, '/ws/x'), 503);
    clients[0].send('served');
    assert.equal(await clients[9].text(), 'served');
    await clients.pop().close();
    await eventually(async () => {
      clients.push(await connect(node, '/ws/x'));
      return true;
    }, 'a place is free again');
    await Promise.all(clients.map((client) => client.close()));
    await release(node);
  });

  it('a full node answers about its health and its administrators',
    async () => {
      const node = await startNode({ 'listen.max-connections': 10 });
      const idle = [];
      for (let i = 0; i < 10; ++i) {
        const connection = await dial(node.port);
        connection.send('GET /health HTTP/1.1\r\nHost: x\r\n\r\n');
        assert.equal((await connection.response()).status, 200);
        idle.push(connection);
      }
      const clients = [];
      for (let i = 0; i < 10; ++i) clients.push(await connect(node, '/ws/x'));
      await Promise.all(idle.map(({ ended }) => ended));
      assert.equal(await refusal(node, '/ws/x'), 503);
      assert.equal((await node.get('/health')).status, 200);
      assert.equal((await node.get('/ready')).status, 200);
      assert.equal((await node.get('/')).status, 503);
      assert.equal((await node.admin('/health')).status, 200);
      assert.equal((await node.admin('/api/nodes')).status, 200);
      clients[0].send('served');
      assert.equal(await clients[9].text(), 'served');
      await Promise.all(clients.map((client) => client.close()));
      await release(node);
    });

  for (const loops of [1, 2]) {
    it(`one address fills a node with ${loops} loops and hides its health from `
      + 'nobody', async () => {
      const node = await startNode({ 'node.loops': loops,
        'listen.max-connections': 500, 'listen.connections-per-address': 0,
        'listen.handshakes-per-address': 0 });
      const crowd = [];
      const crowdIn = (count) => {
        for (let i = 0; i < count; ++i) {
          const silent = net.connect(node.port, '127.0.0.1');
          silent.on('error', () => {});
          crowd.push(silent);
        }
      };
      crowdIn(800);
      const flood = setInterval(() => crowdIn(100), 20);
      for (let i = 0; i < 20; ++i) {
        for (const path of ['/health', '/ready']) {
          const { status } = await node.get(path, { localAddress: '127.0.0.2' });
          assert.equal(status, 200);
        }
        assert.equal((await node.admin('/health')).status, 200);
      }
      clearInterval(flood);
      assert.equal((await node.get('/health')).status, 200);
      for (const silent of crowd) silent.destroy();
      await release(node);
    });
  }

  it('links to Redis come back while clients take all descriptors',
    async () => {
      const redis = await startRedis();
      const node = await startNode({ 'redis.url': redis.url },
        { wrapper: 'ulimit -n 128' });
      const ann = await connect(node, '/ws/old');
      const crowd = [];
      for (let i = 0; i < 200; ++i) {
        const connection = await dial(node.port);
        connection.send(handshake('/ws/new'));
        crowd.push(connection);
      }
      await crowd[0].response();
      for (const type of ['pubsub', 'normal']) {
        await redis.command('CLIENT', 'KILL', 'TYPE', type, 'SKIPME', 'yes');
      }
      const isReady = async () => (await node.admin('/ready')).status === 200;
      await eventually(async () => !(await isReady()), 'the links are down');
      await eventually(isReady, 'the links are back', 15_000);
      ann.send('served');
      assert.equal(await ann.text(), 'served');
      for (const connection of crowd) connection.hangUp();
      await ann.close();
      await release(node);
      await release(redis);
    });

  it('a node out of descriptors serves on and does not spin', async () => {
    const node = await startNode({ 'node.loops': 2 },
      { wrapper: 'ulimit -n 64' });
    const ann = await connect(node, '/ws/old');
    const crowd = [];
    for (let i = 0; i < 100; ++i) crowd.push(await dial(node.port));
    const before = node.processorTime();
    await pause(2_000);
    const spent = node.processorTime() - before;
    assert.ok(spent < 400, `${spent} ms of processor time in 2 s`);
    ann.send('served');
    assert.equal(await ann.text(3_000), 'served');
    for (const connection of crowd) connection.hangUp();
    await eventually(async () => {
      const bob = await connect(node, '/ws/old');
      await bob.close();
      return true;
    }, 'clients come in again', 15_000);
    await ann.close();
    await release(node);
  });

  it('a peer that answers no ping is cut, one that does stays', async () => {
    const node = await startNode({ 'listen.ping-interval': '1s',
      'listen.pong-timeout': '1s' });
    const alive = await connect(node, '/ws/x');
    const silent = await dialChannel(node, '/ws/x');
    await silent.expectEnd('the silent peer is cut', 6_000);
    await eventually(() => alive.pings >= 3, 'three pings', 6_000);
    assert.ok(alive.open);
    await alive.close();
    await release(node);
  });

  it('2,000 connections come and go and leave no descriptor', async () => {
    const node = await startNode();
    const start = node.fdCount();
    const memory = node.residentBytes();
    for (let round = 0; round < 20; ++round) {
      const crowd = await Promise.all(Array.from({ length: 100 },
        async (_, i) => {
          const connection = await dialChannel(node, `/ws/c${i % 10}`);
          connection.send(frame(opcodes.text, 'x'));
          return connection;
        }));
      crowd[0].send(frame(opcodes.ping, 'x'));
      for (const [i, connection] of crowd.entries()) {
        if (i % 2) connection.hangUp();
        else connection.socket.end();
      }
      await within(Promise.all(crowd.map(({ ended }) => ended)), 'their end');
    }
    await eventually(() => node.fdCount() <= start,
      () => `${node.fdCount()} descriptors are back to ${start}`);
    const growth = node.residentBytes() - memory;
    assert.ok(growth < 24 << 20, `grew by ${growth >> 20} MiB`);
    await release(node);
  });
});
