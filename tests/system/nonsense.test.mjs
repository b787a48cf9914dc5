// Another program than Redis listens on Redis' port.
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, describe, it } from 'node:test';
import { absentRedis, connect, eventually, leaveNothing, pause, register,
  release, startNode } from './harness/index.mjs';

/** A server that greets each connection with `babble(socket)`. */
async function startBabbler(babble) {
  const sockets = new Set();
  const babbler = {
    attempts: 0,
    server: createServer((socket) => {
      babbler.attempts += 1;
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
      babble(socket);
    }),
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => this.server.close(resolve));
    },
  };
  await new Promise(
    (resolve) => babbler.server.listen(0, '127.0.0.1', resolve));
  babbler.port = babbler.server.address().port;
  return register(babbler);
}

function noise(seed, size) {
  let state = seed;
  return Buffer.from(Array.from({ length: size }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  }));
}

function endless(socket) {
  socket.write('$16000000000\r\n');
  const piece = Buffer.alloc(1 << 16, 0x78);
  const more = () => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.on('drain', more);
  more();
}

const babble = {
  'an HTTP banner': (socket) => socket.end(
    'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n'),
  'an array without end': (socket) => socket.write('*2147483647\r\n'),
  'arrays within arrays': (socket) => socket.write('*1\r\n'.repeat(100_000)),
  'a bulk without end': endless,
  'negative lengths': (socket) => socket.write('$-5\r\n*-7\r\n:x\r\n'),
  'random bytes': (socket) => socket.write(noise(42, 100_000)),
  'answers nobody asked for': (socket) =>
    socket.write('+OK\r\n'.repeat(50_000)),
  'nothing at all': () => {},
  'the door': (socket) => socket.destroy(),
};

describe('a server that is not Redis', () => {
  after(leaveNothing);

  for (const [what, speak] of Object.entries(babble)) {
    it(`and says ${what} takes nothing from the node`, async () => {
      const babbler = await startBabbler(speak);
      const node = await startNode(
        { 'redis.url': `redis://127.0.0.1:${babbler.port}` },
        { waitReady: false });
      const memory = node.residentBytes();
      const ann = await connect(node, '/ws/news');
      await eventually(() => babbler.attempts >= 2, 'an attempt per link');
      const attempts = babbler.attempts;
      const processor = node.processorTime();
      await pause(2_000);
      assert.ok(babbler.attempts - attempts <= 40,
        `${babbler.attempts - attempts} attempts in 2 s`);
      assert.ok(node.processorTime() - processor < 1_000, 'no spinning');
      assert.ok(node.residentBytes() - memory < 64 << 20, 'memory is bounded');
      assert.equal((await node.get('/ready')).status, 503);
      await release(babbler);
      const redis = await absentRedis({ port: babbler.port });
      await redis.start();
      await eventually(async () => {
        await redis.command('PUBLISH', 'news', 'right');
        return ann.received.length > 0;
      }, 'delivery once Redis is right', 10_000);
      assert.ok(ann.open);
      await ann.close();
      await release(node);
      await release(redis);
    });
  }
});
