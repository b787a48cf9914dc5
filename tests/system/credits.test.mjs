// Greedy clients wait themselves: nobody else does, and nothing grows.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { connect, dialChannel, eventually, frame, leaveNothing, opcodes, pause,
  release, startCluster, startNode, upTo, within } from './harness/index.mjs';
import { residentBytes } from './harness/processes.mjs';

const mebibyte = 1 << 20;

const open = {
  'channel.allow-subscribe': true,
  'channel.allow-publish': true,
  'channel.allow-history': true,
  'channel.allow-anonymous': true,
  'centrifuge.anonymous': true,
  'plain.publish': true,
  'plain.subscribe': true,
  'namespace.seen.presence': true,
  'namespace.seen.join-leave': true,
  'namespace.seen.allow-subscribe': true,
  'namespace.seen.allow-anonymous': true,
  'namespace.kept.history-size': 300,
  'namespace.kept.history-ttl': '5min',
  'namespace.kept.allow-publish': true,
  'namespace.kept.allow-history': true,
  'namespace.kept.allow-anonymous': true,
};

async function cluster(settings = {}) {
  const { redis, nodes: [node] } = await startCluster(
    { count: 1, settings: { ...open, ...settings } });
  return { redis, node };
}

const path = '/connection/websocket';

/** A client of the Centrifuge protocol without a library. */
async function dialCentrifuge(node) {
  const connection = await dialChannel(node, path);
  connection.send(frame(opcodes.text, '{"id":1,"connect":{}}'));
  await connection.frame();
  return connection;
}

/** Sends `bytes` again and again, as fast as the node reads them. */
function flood(connection, bytes) {
  const { socket } = connection;
  let isOver = false;
  socket.removeAllListeners('data');
  socket.resume();
  // The kernel may take all at once: then there is never a 'drain'.
  const send = () => {
    if (!isOver) socket.write(bytes, () => setImmediate(send));
  };
  send();
  return () => {
    isOver = true;
    connection.hangUp();
  };
}

/** Measures a bystander's round trips and the memory while `task` runs. */
async function watch({ node, redis }, task) {
  const bystander = await connect(node, '/ws/calm');
  const start = { node: node.residentBytes(),
    redis: redis ? residentBytes(redis.program.pid) : 0 };
  const grown = { node: 0, redis: 0, slowest: 0 };
  let running = true;
  const measure = () => {
    grown.node = Math.max(grown.node, node.residentBytes() - start.node);
    if (redis) {
      grown.redis = Math.max(grown.redis,
        residentBytes(redis.program.pid) - start.redis);
    }
  };
  const asking = (async () => {
    while (running) {
      const sent = performance.now();
      bystander.send('calm');
      await bystander.next(20_000);
      grown.slowest = Math.max(grown.slowest, performance.now() - sent);
      measure();
      await pause(20);
    }
  })();
  await task();
  running = false;
  await asking;
  measure();
  await bystander.close();
  return grown;
}

function check({ node, redis, slowest }) {
  const text = `node +${(node / mebibyte).toFixed(1)} MiB, Redis +${
    (redis / mebibyte).toFixed(1)} MiB, ${slowest.toFixed(0)} ms`;
  assert.ok(node < 64 * mebibyte && redis < 64 * mebibyte, text);
  assert.ok(slowest < 2_000, text);
}

describe('credits', () => {
  after(leaveNothing);

  it('a burst of commands is answered in order', async () => {
    const { redis, node } = await cluster();
    const ann = await connect(node, path);
    ann.send('{"id":1,"connect":{}}');
    await ann.next();
    const count = 2_000;
    for (let first = 0; first < count; first += 1_000) {
      ann.send(Array.from({ length: 1_000 }, (_, i) => JSON.stringify(
        { id: first + i + 2, publish: { channel: 'burst', data: 1 } }))
        .join('\n'));
    }
    const replies = [];
    await eventually(() => {
      for (const { data } of ann.received.splice(0)) {
        replies.push(...data.toString().trim().split('\n')
          .map((line) => JSON.parse(line)));
      }
      return replies.length >= count;
    }, () => `${count} replies, ${replies.length} came`);
    assert.deepEqual(replies.find(({ error }) => error), undefined);
    assert.deepEqual(replies.map(({ id }) => id), upTo(count + 1, 2));
    await ann.close();
    await release(node);
    await release(redis);
  });

  it('quiet clients get their turn when Redis was away', async () => {
    const { redis, node } = await cluster();
    const quiet = [];
    for (let i = 0; i < 20; ++i) {
      quiet.push(await connect(node, `/ws/quiet${i}`));
    }
    const messages = Buffer.concat(Array.from({ length: 32 },
      () => frame(opcodes.text, 'x'.repeat(32_000))));
    redis.freeze();
    const thawed = pause(2_500).then(() => redis.thaw());
    const stop = flood(await dialChannel(node, '/ws/flood'), messages);
    await pause(1_500);
    quiet.forEach((client, i) => client.send(`${i}`));
    for (const [i, client] of quiet.entries()) {
      assert.equal(await client.text(), `${i}`);
    }
    await thawed;
    stop();
    assert.ok(quiet.every((client) => client.open));
    await Promise.all(quiet.map((client) => client.close()));
    await release(node);
    await release(redis);
  });

  it('a flood of small messages costs neither memory nor time', async () => {
    const { redis, node } = await cluster({ 'node.loops': 1 });
    const grown = await watch({ node, redis }, async () => {
      const messages = Buffer.concat(Array.from({ length: 4_000 },
        () => frame(opcodes.text, 'x'.repeat(20))));
      const stops = [];
      for (let i = 0; i < 4; ++i) {
        stops.push(flood(await dialChannel(node, `/ws/flood${i}`), messages));
      }
      for (let i = 0; i < 4; ++i) {
        await pause(1_000);
        const { status } = await within(node.admin('/metrics'), '/metrics');
        assert.equal(status, 200);
      }
      for (const stop of stops) stop();
    });
    check(grown);
    await release(node);
    await release(redis);
  });

  it('nor do subscriptions that come and go', async () => {
    const { redis, node } = await cluster({ 'node.loops': 1 });
    const grown = await watch({ node, redis }, async () => {
      let id = 1;
      const pairs = Buffer.concat(Array.from({ length: 40 }, () => frame(
        opcodes.text, Array.from({ length: 16 }, () => {
          id += 2;
          return `{"id":${id},"subscribe":{"channel":"seen:a"}}\n`
            + `{"id":${id + 1},"unsubscribe":{"channel":"seen:a"}}`;
        }).join('\n'))));
      const stops = [];
      for (let i = 0; i < 4; ++i) {
        stops.push(flood(await dialCentrifuge(node), pairs));
      }
      await pause(4_000);
      for (const stop of stops) stop();
    });
    check(grown);
    await release(node);
    await release(redis);
  });

  it('nor does a frame full of history reads', async () => {
    const { redis, node } = await cluster();
    const writer = await connect(node, path);
    writer.send('{"id":1,"connect":{}}');
    await writer.next();
    const data = 'x'.repeat(30_000);
    for (let i = 0; i < 300; ++i) {
      writer.send(JSON.stringify(
        { id: i + 2, publish: { channel: 'kept:h', data } }));
    }
    await eventually(() => writer.received.length >= 300, 'the history', 20_000);
    await writer.close();
    const grown = await watch({ node, redis }, async () => {
      const greedy = await dialCentrifuge(node);
      greedy.socket.pause();
      greedy.send(frame(opcodes.text, Array.from({ length: 256 },
        (_, i) => `{"id":${i + 2},"history":{"channel":"kept:h","limit":300}}`)
        .join('\n')));
      await pause(3_000);
      greedy.hangUp();
    });
    check(grown);
    await release(node);
    await release(redis);
  });

  for (const loops of [1, 2]) {
    it(`nor does a flood without Redis, on ${loops} loops`, async () => {
      const node = await startNode({ ...open, 'node.loops': loops });
      const grown = await watch({ node }, async () => {
        const messages = Buffer.concat(Array.from({ length: 2_000 },
          () => frame(opcodes.text, 'x'.repeat(20))));
        const stops = [];
        for (let i = 0; i < 4; ++i) {
          stops.push(flood(await dialChannel(node, `/ws/flood${i}`), messages));
        }
        await pause(500);
        const { status } = await within(node.admin('/metrics'), '/metrics');
        assert.equal(status, 200);
        await pause(1_500);
        for (const stop of stops) stop();
      });
      check(grown);
      await release(node);
    });
  }

  it('what waits takes little memory, however many wait', async () => {
    const { redis, node } = await cluster();
    const crowd = [];
    for (let i = 0; i < 10; ++i) {
      crowd.push(...await Promise.all(Array.from({ length: 100 },
        () => dialChannel(node, `/ws/wait${i}`))));
    }
    const start = node.residentBytes();
    redis.freeze();
    const messages = Buffer.concat(Array.from({ length: 2_500 },
      () => frame(opcodes.text, 'x'.repeat(20))));
    for (const each of crowd) each.send(messages);
    const gauge = async (name) => Number((await node.admin('/metrics')).text
      .match(new RegExp(`^${name} (\\d+)$`, 'm'))[1]);
    await eventually(async () =>
      await gauge('rookery_held_connections') === crowd.length, 'all wait');
    const held = await gauge('rookery_held_bytes');
    const grown = (node.residentBytes() - start) / mebibyte;
    assert.ok(held < 48 * mebibyte && grown < 64, `${held} bytes, ${grown} MiB`);
    for (const each of crowd) each.hangUp();
    redis.thaw();
    await release(node);
    await release(redis);
  });

  it('what a node has received before it ends is told or done', async () => {
    const { redis, node } = await cluster();
    const listener = await redis.client();
    let published = 0;
    await listener.subscribe('last', () => { published += 1; });
    const ann = await dialChannel(node, '/ws/last?notices=T');
    const count = 1_500;
    ann.send(Buffer.concat(Array.from({ length: count },
      (_, i) => frame(opcodes.text, `${i}`.padEnd(60)))));
    const stopped = node.stop();
    let refused = 0;
    for (;;) {
      const { opcode, payload } = await ann.frame();
      if (opcode === opcodes.close) break;
      refused += payload.toString().startsWith('{"rookery":"publish"') ? 1 : 0;
    }
    ann.hangUp();
    await stopped;
    await eventually(() => published + refused >= count,
      () => `${published} published and ${refused} refused of ${count}`);
    await release(node);
    await release(redis);
  });

  it('so it is if Redis does not answer', async () => {
    const { redis, node } = await cluster();
    const ann = await dialChannel(node, '/ws/last?notices=T');
    const bob = await dialCentrifuge(node);
    redis.freeze();
    const count = 1_500;
    const numbers = Array.from({ length: count }, (_, i) => i);
    ann.send(Buffer.concat(
      numbers.map((i) => frame(opcodes.text, `${i}`.padEnd(60)))));
    bob.send(Buffer.concat(numbers.map((i) => frame(opcodes.text,
      `{"id":${i + 2},"publish":{"channel":"last","data":1}}`))));
    const stopped = node.stop();
    const told = async (client, pattern) => {
      let found = 0;
      for (;;) {
        const { opcode, payload } = await client.frame();
        if (opcode === opcodes.close) return found;
        found += payload.toString().match(pattern)?.length ?? 0;
      }
    };
    assert.equal(await told(ann, /"outcome":"(refused|unknown)"/g), count);
    assert.equal(await told(bob, /"error":/g), count);
    for (const each of [ann, bob]) each.hangUp();
    await stopped;
    redis.thaw();
    await release(node);
    await release(redis);
  });
});
