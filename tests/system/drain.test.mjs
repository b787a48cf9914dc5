// SIGTERM: accepted messages arrive, all clients are told, the exit is clean.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { connect, dial, dialChannel, eventually, leaveNothing, release,
  startCluster, startNode, startRedis, subscribe, within }
  from './harness/index.mjs';

describe('a drain', () => {
  after(leaveNothing);

  it('delivers what was accepted and closes everyone with 1001', async () => {
    const { redis, nodes: [leaving, staying] } = await startCluster();
    const publisher = await connect(leaving, '/ws/news');
    const local = await connect(leaving, '/ws/news');
    const remote = await connect(staying, '/ws/news');
    const stream = await subscribe(leaving, 'news');
    const count = 500;
    for (let i = 0; i < count; ++i) publisher.send(`${i}`);
    await publisher.texts(1);
    const stopped = leaving.stop();
    const codes = await Promise.all(
      [publisher, local].map((client) => client.expectClose(1001)));
    assert.ok(codes.every((reason) => reason.length > 0));
    await within(stream.ended, 'the end of the stream');
    await stopped;
    const got = (client) => client.received.map(({ data }) => `${data}`);
    const accepted = got(local);
    assert.ok(accepted.length >= 1);
    assert.deepEqual(accepted, accepted.map((_, i) => `${i}`));
    await eventually(() => remote.received.length >= accepted.length,
      'the other node has it all');
    assert.deepEqual(got(remote).slice(0, accepted.length), accepted);
    assert.ok(remote.open);
    await remote.close();
    await release(staying);
    await release(redis);
  });

  it('does not begin for a signal that asks for something else', async () => {
    const node = await startNode();
    const ann = await connect(node, '/ws/news');
    for (const name of ['SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGPIPE']) {
      node.program.signal(name);
    }
    await node.program.line((line) => line.includes('signal ignored')
      && line.includes('Hangup'), 'the signal in the log');
    ann.send('still here');
    assert.equal(await ann.text(), 'still here');
    node.program.signal('SIGQUIT');
    await ann.expectClose(1001);
    await node.stop();
  });

  it('does not begin with the end of the reader of the log', async () => {
    const node = await startNode({ 'log.level': 'trace' });
    node.program.child.stderr.destroy();
    for (let i = 0; i < 3; ++i) {
      const ann = await connect(node, '/ws/news');
      ann.send('heard');
      assert.equal(await ann.text(), 'heard');
      await ann.close();
    }
    assert.equal((await node.get('/health')).status, 200);
    await node.stop();
  });

  it('answers what was posted before it began', async () => {
    const node = await startNode();
    const ann = await connect(node, '/ws/posts');
    const answers = Array.from({ length: 50 },
      (_, i) => node.publish('posts', `${i}`));
    const first = await Promise.race(answers);
    assert.equal(first.status, 200);
    await Promise.all(answers);
    await node.stop();
    await ann.expectClose(1001);
    assert.equal(ann.received.length, 50);
  });

  it('lets nobody in any more', async () => {
    const node = await startNode({ 'node.drain-timeout': '3s' });
    const stuck = await dialChannel(node, '/ws/stuck');
    stuck.socket.pause();
    const stopped = node.stop();
    await eventually(async () => {
      try {
        const late = await dial(node.port);
        late.hangUp();
        return false;
      } catch (error) {
        return error.code === 'ECONNREFUSED';
      }
    }, 'connections are refused', 3_000);
    await stopped;
  });

  it('ends in time with readers that are stuck', async () => {
    const { redis, nodes: [node] } = await startCluster(
      { count: 1, settings: { 'node.drain-timeout': '4s' } });
    const stuck = [];
    for (let i = 0; i < 20; ++i) {
      const connection = await dialChannel(node, '/ws/stuck');
      connection.socket.pause();
      stuck.push(connection);
    }
    for (let i = 0; i < 12; ++i) {
      await redis.command('PUBLISH', 'stuck', 'x'.repeat(60_000));
    }
    const start = Date.now();
    await node.stop(6_000);
    assert.ok(Date.now() - start <= 5_500, `${Date.now() - start} ms`);
    for (const connection of stuck) connection.hangUp();
    await release(redis);
  });

  it('ends in time while Redis hangs', async () => {
    const redis = await startRedis();
    const node = await startNode({ 'redis.url': redis.url,
      'node.drain-timeout': '4s' });
    const ann = await connect(node, '/ws/news');
    redis.freeze();
    ann.send('into the void');
    await node.stop(6_000);
    const { code } = await within(ann.closed, 'the close');
    assert.ok([1001, 1013].includes(code), `closed with ${code}`);
    redis.thaw();
    await release(redis);
  });

  it('sends clients away at its rate, to come back at different times',
    async () => {
      const node = await startNode({ 'node.drain-rate': 100,
        'node.drain-timeout': '20s' });
      const crowd = [];
      for (let i = 0; i < 300; ++i) {
        crowd.push(await connect(node, `/ws/c${i % 9}`));
      }
      const streams = [];
      for (let i = 0; i < 10; ++i) streams.push(await subscribe(node, 'c0'));
      const times = [];
      for (const { closed } of crowd) closed.then(() => times.push(Date.now()));
      await node.stop(25_000);
      await Promise.all(crowd.map((client) => client.expectClose(1001)));
      assert.ok(times.at(-1) - times[0] >= 2_000,
        `all within ${times.at(-1) - times[0]} ms`);
      await Promise.all(streams.map(({ ended }) => ended));
      const delays = new Set(streams.map(({ retry }) => retry));
      assert.ok(delays.size > 1 && Math.min(...delays) > 2_000, [...delays]);
    });

  it('is faster where the rate would not do', async () => {
    const node = await startNode({ 'node.drain-rate': 1,
      'node.drain-timeout': '4s' });
    const crowd = [];
    for (let i = 0; i < 50; ++i) crowd.push(await connect(node, '/ws/x'));
    await node.stop(6_000);
    await Promise.all(crowd.map((client) => client.expectClose(1001)));
  });

  it('works on SIGINT, and twice is not worse', async () => {
    const node = await startNode();
    const ann = await connect(node, '/ws/x');
    node.program.signal('SIGINT');
    await ann.expectClose(1001);
    await node.stop();
  });
});
