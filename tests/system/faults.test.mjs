// Redis fails in every way: clients stay, and delivery resumes.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { absentRedis, connect, eventually, leaveNothing, pause, startNode,
  startRedis } from './harness/index.mjs';

const gapOf = (tag) => (text) => {
  const notice = JSON.parse(text);
  assert.equal(notice.rookery, 'gap');
  assert.equal(notice.tag, tag);
  assert.ok(notice.reason);
};

async function isReady(node) {
  return (await node.get('/ready')).status === 200;
}

let rounds = 0;

/** Publishes in Redis until `client` receives a message of this round. Other
 * texts are returned, except late ones of earlier rounds. */
async function deliversAgain(redis, channel, client, milliseconds = 5_000) {
  const before = [];
  const word = `again ${++rounds}`;
  await eventually(async () => {
    await redis.command('PUBLISH', channel, word);
    while (client.received.length > 0) {
      const text = client.received.shift().data.toString();
      if (text === word) return true;
      if (!text.startsWith('again ')) before.push(text);
    }
    return false;
  }, 'delivery again', milliseconds);
  return before;
}

describe('Redis in trouble', () => {
  let redis;
  let node;
  let plain;
  let told;

  before(async () => {
    redis = await startRedis();
    node = await startNode({ 'redis.url': redis.url });
    plain = await connect(node, '/ws/news');
    told = await connect(node, '/ws/news?notices=Tag7');
  });
  after(leaveNothing);

  async function survives(milliseconds) {
    const notices = await deliversAgain(redis, 'news', told, milliseconds);
    assert.ok(notices.length >= 1, 'a gap notice');
    notices.forEach(gapOf('Tag7'));
    assert.deepEqual(await deliversAgain(redis, 'news', plain, 1_000), []);
    assert.ok(plain.open && told.open);
    await eventually(() => isReady(node), 'ready again', 12_000);
    plain.received.length = 0;
    told.received.length = 0;
  }

  it('restarted: delivery is back and the gap is told', async () => {
    await redis.kill();
    await eventually(async () => !(await isReady(node)), 'not ready');
    await pause(2_000);
    await redis.start();
    await survives();
  });

  it('kills the subscriber: all is back', async () => {
    await redis.command('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await survives();
  });

  it('kills the publisher: publications pass again', async () => {
    await redis.command('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await eventually(async () => (await node.publish('news', 'x')).status
      === 200, 'a publication passes', 5_000);
    assert.ok(plain.open && told.open);
    await eventually(() => isReady(node), 'ready again', 12_000);
    await deliversAgain(redis, 'news', plain);
    await deliversAgain(redis, 'news', told);
    plain.received.length = 0;
    told.received.length = 0;
  });

  it('hangs: it is noticed, memory is bounded, and all is back', async () => {
    const memory = node.residentBytes();
    const before = node.log
      .filter(({ event }) => event === 'redis link down').length;
    redis.freeze();
    const fallen = () => new Set(node.log
      .filter(({ event }) => event === 'redis link down')
      .slice(before).map(({ link }) => link)).size;
    await eventually(() => fallen() === 2, 'both links notice', 15_000);
    assert.equal(await isReady(node), false);
    assert.ok(node.residentBytes() - memory < 32 << 20);
    redis.thaw();
    await survives();
  });

  it('trips nobody into attempts without end', async () => {
    await redis.kill();
    await eventually(async () => !(await isReady(node)), 'not ready');
    const before = node.processorTime();
    await pause(3_000);
    const spent = node.processorTime() - before;
    assert.ok(spent < 300, `${spent} ms of processor time in 3 s`);
    await redis.start();
    await survives();
  });
});

describe('Redis that was never right', () => {
  after(leaveNothing);

  it('absent at start: clients come in with a notice', async () => {
    const redis = await absentRedis();
    const node = await startNode({ 'redis.url': redis.url },
      { waitReady: false });
    assert.equal((await node.get('/health')).status, 200);
    assert.equal((await node.get('/ready')).status, 503);
    const ann = await connect(node, '/ws/news?notices=T');
    await redis.start();
    const notices = await deliversAgain(redis, 'news', ann);
    assert.equal(notices.length, 1);
    gapOf('T')(notices[0]);
    await eventually(() => isReady(node), 'ready');
  });

  it('wrong password, then the right one', async () => {
    const redis = await startRedis();
    await redis.command('CONFIG', 'SET', 'requirepass', 'another');
    redis.password = 'another';
    const secret = 'hunter2-hunter2';
    const node = await startNode(
      { 'redis.url': `redis://:${secret}@127.0.0.1:${redis.port}` },
      { waitReady: false });
    const ann = await connect(node, '/ws/news');
    await eventually(() => node.log.some(({ level }) =>
      level === 'warning' || level === 'warn' || level === 'error'),
    'the log says so');
    assert.equal((await node.get('/ready')).status, 503);
    await redis.command('CONFIG', 'SET', 'requirepass', secret);
    redis.password = secret;
    await deliversAgain(redis, 'news', ann, 10_000);
    assert.doesNotMatch(node.program.output, /hunter2/);
  });
});
