// Clients that never read cost a bounded queue and lose their connection.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { connect, dialChannel, eventually, leaveNothing, release, request,
  startCluster, startNode, subscribe, within } from './harness/index.mjs';

const mebibyte = 1 << 20;

describe('slow consumers', () => {
  let redis;
  let node;

  before(async () => {
    ({ redis, nodes: [node] } = await startCluster({ count: 1 }));
  });
  after(leaveNothing);

  it('are closed while a good reader gets everything in order', async () => {
    const stuck = [];
    for (let i = 0; i < 10; ++i) {
      const connection = await dialChannel(node, '/ws/flood');
      connection.socket.pause();
      stuck.push(connection);
    }
    const good = await connect(node, '/ws/flood');
    const other = await connect(node, '/ws/calm');
    const publisher = await redis.client();
    const total = 200;
    const filler = 'x'.repeat(mebibyte - 8);
    const start = node.residentBytes();
    let peak = start;
    let slowest = 0;
    for (let i = 0; i < total; ++i) {
      await publisher.publish('flood', `${i}`.padStart(8, '0') + filler);
      const { data } = await good.next(20_000);
      assert.equal(Number(data.toString('latin1', 0, 8)), i);
      if (i % 10 === 0) {
        const sent = performance.now();
        other.send('calm');
        const { at } = await other.next();
        slowest = Math.max(slowest, at - sent);
        peak = Math.max(peak, node.residentBytes());
      }
    }
    assert.ok(peak - start < 32 * mebibyte,
      `grew by ${((peak - start) / mebibyte).toFixed(1)} MiB`);
    assert.ok(slowest < 250, `a calm channel took ${slowest.toFixed(0)} ms`);
    for (const connection of stuck) connection.socket.resume();
    await within(Promise.all(stuck.map(({ ended }) => ended)),
      'every stuck client is cut');
    await eventually(async () => {
      const { actors } = (await request(node.adminPort,
        { path: '/api/actors?kind=connection&limit=100' })).json();
      return actors.length === 2;
    }, 'only the good readers are left');
    await good.close();
    await other.close();
  });

  it('are told 1013 when they start to read in time', async () => {
    const client = await connect(node, '/ws/late');
    client.socket.pause();
    const publisher = await redis.client();
    const piece = 'x'.repeat(64 * 1024);
    for (let i = 0; i < 200; ++i) await publisher.publish('late', piece);
    await eventually(() => node.log.some(
      ({ event, reason }) => event === 'connection closed'
        && reason === 'slow_consumer'), 'the verdict');
    client.socket.resume();
    const { code } = await within(client.closed, 'the close');
    assert.ok([1013, 1006].includes(code), `closed with ${code}`);
  });

  it('of an event stream are cut too', async () => {
    const stream = await subscribe(node, 'stream');
    stream.request.socket.pause();
    const publisher = await redis.client();
    const piece = 'x'.repeat(64 * 1024);
    for (let i = 0; i < 400; ++i) await publisher.publish('stream', piece);
    stream.request.socket.resume();
    await within(stream.ended, 'the end of the stream');
  });

  it('are not those who share a large message', async () => {
    const tight = await startNode({ 'node.output-memory': '16MiB' });
    const readers = await Promise.all(Array.from({ length: 40 },
      () => connect(tight, '/ws/big')));
    const text = 'x'.repeat(mebibyte - 100);
    for (let i = 0; i < 3; ++i) {
      readers[0].send(text);
      for (const each of readers) {
        assert.equal((await each.text()).length, text.length);
      }
    }
    for (const each of readers) await each.close();
    await release(tight);
  });

  it('one message over the bound does not kill a healthy reader', async () => {
    const good = await connect(node, '/ws/big');
    const publisher = await redis.client();
    const text = 'x'.repeat(4 * mebibyte);
    await publisher.publish('big', text);
    assert.equal((await good.text()).length, text.length);
    await good.close();
  });
});
