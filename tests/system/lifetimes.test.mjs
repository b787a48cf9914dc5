// Sockets, timers and requests end while others still refer to them. The node
// must live and end cleanly; `scripts/torture` runs this under valgrind.
import { after, describe, it } from 'node:test';
import WebSocket from 'ws';
import { live } from './harness/admin.mjs';
import { startBackend } from './harness/backend.mjs';
import { connect, dial, dialChannel, eventually, frame, leaveNothing, opcodes,
  pause, release, startNode, startRedis, subscribe, within }
  from './harness/index.mjs';

/** The settings of a node alone, and of one on a Redis. */
const settings = {
  alone: async () => ({}),
  'on a Redis': async () => ({ 'redis.url': (await startRedis()).url }),
};

/** A WebSocket of a Centrifuge client that stays silent once connected. */
async function silentClient(node) {
  const socket = new WebSocket(node.socketUrl('/connection/websocket'));
  socket.on('error', () => {});
  await within(new Promise((resolve) => socket.on('message', resolve)
    .on('open', () => socket.send('{"id":1,"connect":{}}'))), 'a reply');
  return { ended: new Promise((resolve) => socket.on('close', resolve)) };
}

describe('the end of', () => {
  after(leaveNothing);

  it('clients that answer no ping', async () => {
    const node = await startNode({ 'listen.ping-interval': '500ms',
      'listen.pong-timeout': '500ms', 'centrifuge.anonymous': true });
    const silent = [];
    for (let i = 0; i < 20; ++i) {
      silent.push(await dialChannel(node, `/ws/c${i % 3}`));
    }
    for (let i = 0; i < 5; ++i) silent.push(await silentClient(node));
    const staying = await connect(node, '/ws/c0');
    await within(Promise.all(silent.map(({ ended }) => ended)),
      'the end of silent clients', 30_000);
    staying.send('still here');
    await staying.text();
    await release(node);
  });

  for (const [place, setting] of Object.entries(settings)) {
    it(`a node ${place} that posts an event`, async () => {
      const backend = await startBackend();
      backend.isSlow = true;
      const node = await startNode({ ...await setting(),
        'hooks.events': backend.url('/events'), 'node.drain-timeout': '2s' });
      await connect(node, '/ws/news');
      await eventually(() => backend.waiting.length > 0, 'an event comes');
      const stopped = node.stop(30_000);
      await pause(1_000);
      await within(stopped, 'the end of the node', 30_000);
      backend.release();
    });

    it(`clients ${place} whose publications are not answered`, async () => {
      const given = await setting();
      const node = await startNode(given);
      for (let round = 0; round < 5; ++round) {
        const crowd = [];
        for (let i = 0; i < 20; ++i) {
          crowd.push(await dialChannel(node, `/ws/c${i % 7}`));
        }
        for (const [i, each] of crowd.entries()) {
          each.send(frame(opcodes.text, `${i}`));
          if (i % 2) each.hangUp();
          else each.socket.end();
        }
        await within(Promise.all(crowd.map(({ ended }) => ended)), 'their end');
      }
      await release(node);
    });

    it(`a node ${place} with live streams and all kinds of clients`,
      async () => {
        const node = await startNode({ ...await setting(),
          'node.drain-timeout': '3s', 'centrifuge.anonymous': true });
        const streams = [];
        for (const topic of ['nodes', 'top', 'nodes', 'top']) {
          streams.push(await live(node, { topic }));
        }
        streams.push(await live(node, { topic: 'watch', channel: 'news' }));
        await connect(node, '/ws/news');
        await subscribe(node, 'news');
        await silentClient(node);
        await dial(node.port);
        await eventually(() => streams.every(
          ({ messages }, i) => i === 4 || messages.length > 0), 'streams');
        streams[0].close();
        await node.stop(30_000);
      });
  }

  it('a node whose hooks wait for their backend', async () => {
    const backend = await startBackend();
    backend.isSlow = true;
    const node = await startNode({ 'hooks.connect': backend.url('/connect'),
      'hooks.timeout': '20s', 'node.drain-timeout': '2s' });
    const sockets = [];
    for (let i = 0; i < 4; ++i) {
      const socket = new WebSocket(node.socketUrl('/connection/websocket'));
      socket.on('error', () => {});
      socket.on('open', () => socket.send('{"id":1,"connect":{}}'));
      sockets.push(socket);
    }
    await eventually(() => backend.waiting.length === 4, 'four questions');
    sockets[0].terminate();
    await node.stop(30_000);
    backend.release();
  });

  it('a Redis link with clients that leave meanwhile', async () => {
    const redis = await startRedis();
    const node = await startNode({ 'redis.url': redis.url });
    const crowd = [];
    for (let i = 0; i < 10; ++i) crowd.push(await connect(node, '/ws/news'));
    redis.freeze();
    for (const each of crowd) each.send('unanswered');
    const posts = crowd.map(() => node.publish('news', 'unanswered'));
    await pause(300);
    for (const each of crowd.slice(0, 5)) each.socket.terminate();
    redis.thaw();
    await Promise.allSettled(posts);
    await redis.command('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    for (const each of crowd.slice(5)) each.socket.terminate();
    await eventually(async () => (await node.get('/ready')).status === 200,
      'ready again', 15_000);
    await release(node);
    await release(redis);
  });
});
