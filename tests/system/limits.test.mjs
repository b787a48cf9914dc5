// Limits hold, and new clients are served once there is room.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { connect, dial, dialChannel, eventually, frame, leaveNothing, opcodes,
  pause, refusal, release, startNode, within } from './harness/index.mjs';

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
