// A client that sends too fast is read more slowly; names are not made up
// without end.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { connect, eventually, frame, leaveNothing, opcodes, dialChannel, pause,
  refusal, release, startCluster, startNode } from './harness/index.mjs';

const path = '/connection/websocket';

const open = {
  'channel.allow-subscribe': true,
  'channel.allow-publish': true,
  'channel.allow-anonymous': true,
  'centrifuge.anonymous': true,
  'plain.publish': true,
  'plain.subscribe': true,
  'namespace.kept.history-size': 100,
  'namespace.kept.history-ttl': '5min',
  'namespace.kept.force-recovery': true,
  'namespace.kept.allow-subscribe': true,
  'namespace.kept.allow-publish': true,
  'namespace.kept.allow-history': true,
  'namespace.kept.allow-anonymous': true,
};

const minutes = 5 * 60_000;
const day = 24 * 3_600_000;

async function metric(node, name) {
  const { text } = await node.admin('/metrics');
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return Number(line.split(' ').at(-1));
}

const waits = (node, limit) =>
  metric(node, `rookery_rate_waits_total{limit="${limit}"}`);

async function dialCentrifuge(node) {
  const client = await connect(node, path);
  client.send('{"id":1,"connect":{}}');
  await client.next();
  return client;
}

/** Sends one command and returns its reply. */
async function ask(client, command) {
  client.send(JSON.stringify(command));
  for (;;) {
    const lines = (await client.text()).trim().split('\n');
    const reply = lines.map((line) => JSON.parse(line))
      .find(({ id }) => id === command.id);
    if (reply) return reply;
  }
}

describe('rates of one client', () => {
  after(leaveNothing);

  it('commands beyond theirs wait in order while others are served',
    async () => {
      const node = await startNode({ ...open, 'node.loops': 1,
        'listen.commands-per-connection': 20 });
      const fast = await connect(node, '/ws/fast');
      const calm = await connect(node, '/ws/calm');
      const count = 220;
      const start = performance.now();
      for (let i = 0; i < count; ++i) fast.send(`${i}`);
      await eventually(() => fast.received.length >= 200, 'ten seconds\' worth');
      calm.send('served');
      assert.equal(await calm.text(), 'served');
      await eventually(async () => await waits(node, 'commands') > 0, 'it waits');
      for (let i = 0; i < count; ++i) assert.equal(await fast.text(), `${i}`);
      const took = performance.now() - start;
      assert.ok(took > 700, `${count} took ${took.toFixed(0)} ms`);
      assert.ok(fast.open);
      await fast.close();
      await calm.close();
      await release(node);
    });

  it('a frame of many commands counts as many', async () => {
    const node = await startNode({ ...open,
      'listen.commands-per-connection': 20 });
    const ann = await dialCentrifuge(node);
    const start = performance.now();
    ann.send(Array.from({ length: 220 }, (_, i) => JSON.stringify(
      { id: i + 2, publish: { channel: 'burst', data: 1 } })).join('\n'));
    const replies = [];
    await eventually(() => {
      for (const { data } of ann.received.splice(0)) {
        replies.push(...data.toString().trim().split('\n')
          .map((line) => JSON.parse(line)));
      }
      return replies.length >= 220;
    }, () => `220 replies, ${replies.length} came`);
    assert.ok(performance.now() - start > 700);
    assert.deepEqual(replies.map(({ id }) => id),
      Array.from({ length: 220 }, (_, i) => i + 2));
    assert.ok(replies.every(({ error }) => !error));
    await ann.close();
    await release(node);
  });

  it('bytes beyond theirs are left in the client\'s socket', async () => {
    const node = await startNode({ ...open,
      'listen.bytes-per-connection': '100KiB' });
    const calm = await connect(node, '/ws/calm');
    const greedy = await dialChannel(node, '/ws/greedy');
    const { socket } = greedy;
    socket.removeAllListeners('data');
    socket.resume();
    const message = frame(opcodes.text, 'x'.repeat(60_000));
    const send = () => { socket.write(message); };
    for (let i = 0; i < 100; ++i) send();
    await eventually(async () => await waits(node, 'bytes') > 0, 'it waits');
    const before = await metric(node, 'rookery_received_bytes_total');
    await pause(2_000);
    const read = await metric(node, 'rookery_received_bytes_total') - before;
    assert.ok(read < 600 * 1024, `read ${read} bytes in two seconds`);
    calm.send('served');
    assert.equal(await calm.text(), 'served');
    greedy.hangUp();
    await calm.close();
    await release(node);
  });
});

describe('new channels', () => {
  after(leaveNothing);

  it('fail beyond the rate with an error that heals', async () => {
    const node = await startNode({ ...open, 'node.loops': 1,
      'centrifuge.channels-per-client': 5,
      'listen.new-channels-per-connection': 1 });
    const ann = await dialCentrifuge(node);
    const bob = await connect(node, '/ws/old');
    let id = 1;
    const subscribe = async (channel) => {
      const reply = await ask(ann, { id: ++id, subscribe: { channel } });
      await ask(ann, { id: ++id, unsubscribe: { channel } });
      return reply.error?.code ?? 0;
    };
    const codes = [];
    for (let i = 0; i < 12; ++i) codes.push(await subscribe(`new${i}`));
    assert.ok(codes.slice(0, 10).every((code) => code === 0), `${codes}`);
    assert.ok(codes.includes(111), `${codes}`);
    assert.equal(await subscribe('old'), 0, 'a channel of others is not new');
    assert.ok(await metric(node,
      'rookery_limit_refusals_total{limit="new_channels"}') > 0);
    await eventually(async () => await subscribe('later') === 0, 'it heals');
    await ann.close();
    await bob.close();
    await release(node);
  });

  it('of all clients are bounded, too', async () => {
    const node = await startNode({ ...open, 'node.loops': 1,
      'listen.new-channels': 1 });
    const clients = [];
    for (let i = 0; i < 10; ++i) clients.push(await connect(node, `/ws/c${i}`));
    assert.equal(await refusal(node, '/ws/c10'), 429);
    clients.push(await connect(node, '/ws/c0'));
    await eventually(async () => {
      clients.push(await connect(node, '/ws/c10'));
      return true;
    }, 'there is room again');
    for (const client of clients) await client.close();
    await release(node);
  });
});

describe('empty histories', () => {
  after(leaveNothing);

  it('are kept for minutes, and for days after a publication', async () => {
    const { redis, nodes: [node] } = await startCluster(
      { count: 1, settings: open });
    const ann = await dialCentrifuge(node);
    const { subscribe } = await ask(ann,
      { id: 2, subscribe: { channel: 'kept:a' } });
    assert.equal(subscribe.offset ?? 0, 0);
    const [key] = await redis.command('KEYS', '*:pos:*');
    const left = async () => Number(await redis.command('PTTL', key));
    assert.ok(await left() > 0 && await left() <= minutes, `${await left()}`);
    await ask(ann, { id: 3, publish: { channel: 'kept:a', data: 1 } });
    assert.ok(await left() > 29 * day, `${await left()}`);
    await ann.close();
    await release(node);
    await release(redis);
  });

  it('that expired recover nobody, and tell nobody more than is known',
    async () => {
      const { redis, nodes: [node] } = await startCluster(
        { count: 1, settings: open });
      const ann = await dialCentrifuge(node);
      const channel = 'kept:a';
      const { subscribe: { epoch } } = await ask(ann,
        { id: 2, subscribe: { channel } });
      await ann.close();
      const [key] = await redis.command('KEYS', '*:pos:*');
      await pause(1_500);
      await redis.command('UNLINK', key);
      const bob = await dialCentrifuge(node);
      await ask(bob, { id: 2, publish: { channel, data: 'missed' } });
      const { subscribe } = await ask(bob, { id: 3, subscribe: {
        channel, recover: true, recoverable: true, epoch, offset: 0 } });
      assert.ok(!subscribe.recovered, JSON.stringify(subscribe));
      assert.notEqual(subscribe.epoch, epoch);
      assert.equal(subscribe.offset, 1);
      await bob.close();
      await release(node);
      await release(redis);
    });
});
