// Redis refuses: only what is refused fails, and its cause is told.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import net from 'node:net';
import { after, describe, it } from 'node:test';
import { act, ask } from './harness/admin.mjs';
import { centrifuge, open, secret, told, token } from './harness/centrifuge.mjs';
import { connect, eventually, leaveNothing, listen, pause, register,
  startNode, startRedis } from './harness/index.mjs';

const kept = { 'namespace.kept.history-size': 100,
  'namespace.kept.history-ttl': '1min' };

const url = (redis, user = '') =>
  `redis://${user && `${user}:pw@`}127.0.0.1:${redis.port}`;

const isReady = async (node) => (await node.get('/ready')).status === 200;

/** The log entries about that event. */
const said = (node, event) => node.log.filter((each) => each.event === event);

/** What the bus tells about itself. */
async function facts(node) {
  return (await ask(node, 'bridge')).buses[0].facts;
}

async function metric(node, name) {
  const { text } = await node.admin('/metrics');
  return Number(text.split('\n').find((line) => line.startsWith(name))
    ?.split(' ').at(-1));
}

/** A user `rook` of Redis with these rights. */
async function permit(redis, ...rights) {
  await redis.command('ACL', 'SETUSER', 'rook', 'on', '>pw', ...rights);
}

describe('a user of Redis without all rights', () => {
  after(leaveNothing);

  it('has one channel refused, and no other is touched', async () => {
    const redis = await startRedis();
    await permit(redis, '~rookery:*', 'resetchannels', '&chat:*',
      '&__rookery:*', '+@all');
    const node = await startNode({ 'redis.url': url(redis, 'rook') });
    const ann = await connect(node, '/ws/chat:1?notices=N');
    let sent = 0;
    const publish = async () => {
      await redis.command('PUBLISH', 'chat:1', `m${++sent}`);
      await pause(50);
    };
    await publish();
    const bob = await connect(node, '/ws/other');
    for (let i = 0; i < 60; ++i) await publish();
    for (let i = 1; i <= sent; ++i) assert.equal(await ann.text(), `m${i}`);
    assert.ok(await isReady(node));
    assert.deepEqual(said(node, 'redis link down'), []);
    const [told] = said(node, 'redis error');
    assert.equal(told.error, 'NOPERM');
    assert.equal(told.subject, 'other');
    assert.match(told.text, /channel/);
    const of = await facts(node);
    assert.equal(of.refused_subscriptions, 1);
    assert.match(of.subscribe_errors, /^NOPERM \d+ \(NOPERM .*channel/);
    assert.ok(await metric(node,
      'rookery_redis_errors_total{link="subscribe",error="NOPERM"}') >= 1);
    await redis.command('ACL', 'SETUSER', 'rook', '&other');
    await eventually(async () => {
      await redis.command('PUBLISH', 'other', 'at last');
      return bob.received.length > 0;
    }, 'the channel, once it is permitted', 20_000);
    await Promise.all([ann.close(), bob.close()]);
  });

  it('is told that a channel is refused, in each protocol', async () => {
    const redis = await startRedis();
    await permit(redis, '~rookery:*', 'resetchannels', '&chat:*',
      '&__rookery:*', '+@all');
    const node = await startNode({ 'redis.url': url(redis, 'rook'), ...kept,
      'token.hmac-secrets': secret, ...open('shut'),
      'namespace.kept.allow-subscribe': true });
    const query = `notices=N&token=${token({ sub: 'ann' })}`;
    const ann = await connect(node, `/ws/shut:a?${query}`);
    const notice = { rookery: 'gap', tag: 'N', reason: 'refused' };
    assert.deepEqual(JSON.parse(await ann.text()), notice);
    const late = await connect(node, `/ws/shut:a?${query}`);
    assert.deepEqual(JSON.parse(await late.text()), notice);
    const there = await connect(node, `/ws/kept:a?${query}`);
    assert.deepEqual(JSON.parse(await there.text()), notice);
    const stream = await listen(node, 'shut:b',
      { Authorization: `Bearer ${token({ sub: 'ann' })}` });
    const event = await stream.next();
    assert.equal(event.event, 'gap');
    assert.equal(JSON.parse(event.data).reason, 'refused');
    const cy = await centrifuge(node, { token: token({ sub: 'cy' }) })
      .connected();
    const begun = performance.now();
    const sub = cy.watch('shut:c');
    const { error } = await told(sub, 'error');
    assert.equal(error.code, 100);
    assert.ok(performance.now() - begun < 3_000, 'it is told at once');
    const { events } = await ask(node, 'events?what=redis_error');
    assert.match(events[0].reason, /NOPERM .*channel/);
    const why = await ask(node, 'why?channel=shut:a');
    assert.match(why.findings.join('\n'), /refused/);
    await redis.command('ACL', 'SETUSER', 'rook', 'allchannels');
    await told(sub, 'subscribed', undefined, 20_000);
    await eventually(async () => {
      await redis.command('PUBLISH', 'shut:a', 'at last');
      return ann.received.some(({ data }) => data.toString() === 'at last');
    }, 'the channel, once it is permitted', 20_000);
    stream.hangUp();
    cy.hangUp();
    await Promise.all([ann, late, there].map((each) => each.close()));
  });

  it('has a publication refused with its cause', async () => {
    const redis = await startRedis();
    await permit(redis, '~nothing:*', '&*', '+@all');
    const node = await startNode({ 'redis.url': url(redis, 'rook'), ...kept });
    for (let i = 0; i < 20; ++i) {
      assert.equal((await node.publish('kept:a', 'x')).status, 503);
    }
    assert.ok(await isReady(node));
    const told = said(node, 'redis error')
      .filter(({ subject }) => subject === 'script');
    assert.equal(told.length, 1);
    assert.match(told[0].text, /key/);
    assert.ok(await metric(node,
      'rookery_redis_errors_total{link="publish",error="NOPERM"}') >= 20);
    const why = await ask(node, 'why?channel=kept:a');
    assert.match(why.findings.join('\n'), /refused \(rejected: .*key/);
    assert.match((await facts(node)).publish_errors, /NOPERM \d+/);
  });

  it('has nothing refused that is stored', async () => {
    const redis = await startRedis();
    await permit(redis, '~app:*', 'resetchannels', '&app:__rookery:*', '+@all');
    const node = await startNode({ 'redis.url': url(redis, 'rook'),
      'redis.prefix': 'app', ...kept });
    const answer = await node.publish('kept:a', 'x');
    assert.equal(answer.status, 503);
    assert.match(answer.text, /unknown|may/i);
    assert.equal(await redis.command('XLEN', 'app:rookery:log:{kept:a}'), 1);
    const why = await ask(node, 'why?channel=kept:a');
    assert.match(why.findings.join('\n'), /unknown \(rejected: .*channel/);
  });

  it('needs no more than the manual says', async () => {
    const manual = await readFile(
      new URL('../../docs/operations.md', import.meta.url), 'utf8');
    const [, rights] = manual.match(/ACL SETUSER rookery on >PASSWORD (.*)/);
    const redis = await startRedis();
    await permit(redis, ...rights.split(' '));
    await permit(redis, '-role');
    const node = await startNode({ 'redis.url': url(redis, 'rook'),
      'redis.prefix': 'app', 'channel.presence': true,
      'hooks.events': 'http://127.0.0.1:9/', ...kept });
    const ann = await connect(node, '/ws/kept:a');
    assert.equal((await node.publish('kept:a', 'x')).status, 200);
    assert.equal(await ann.text(), 'x');
    await pause(6_000);
    assert.ok(await isReady(node));
    assert.deepEqual(said(node, 'redis error').map(({ text }) => text)
      .filter((text) => !/role/.test(text)), []);
    assert.deepEqual(said(node, 'redis lacks a command'), []);
    await ann.close();
  });
});

describe('a Redis that cannot be used now', () => {
  after(leaveNothing);

  it('is a replica: it is left until it is a master', async () => {
    const master = await startRedis();
    const replica = await startRedis();
    await replica.command('REPLICAOF', '127.0.0.1', String(master.port));
    const node = await startNode({ 'redis.url': replica.url },
      { waitReady: false });
    await eventually(() => said(node, 'redis link down').some(
      ({ reason, port }) => reason === 'is a replica'
        && Number(port) === replica.port), 'the log says so');
    assert.equal(await isReady(node), false);
    assert.equal((await node.publish('news', 'x')).status, 503);
    await replica.command('REPLICAOF', 'NO', 'ONE');
    await node.ready(10_000);
    assert.equal((await node.publish('news', 'x')).status, 200);
    await replica.command('REPLICAOF', '127.0.0.1', `${master.port}`);
    await eventually(async () => !(await isReady(node)), 'not ready', 10_000);
    assert.match((await facts(node)).publish_down, /replica/);
  });

  it('cannot save: channels without history go on', async () => {
    const redis = await startRedis();
    await redis.command('CONFIG', 'SET', 'save', '1 1');
    const node = await startNode({ 'redis.url': redis.url, ...kept });
    const ann = await connect(node, '/ws/news?notices=N');
    await redis.loseDirectory();
    await eventually(async () => {
      try {
        await redis.command('SET', 'x', 'y');
      } catch (error) {
        return /MISCONF/.test(error.message);
      }
      return false;
    }, 'Redis cannot save', 20_000);
    await pause(4_000);
    assert.equal((await node.publish('news', 'on')).status, 200);
    assert.equal(await ann.text(), 'on');
    assert.equal((await node.publish('kept:a', 'x')).status, 503);
    const why = await ask(node, 'why?channel=kept:a');
    assert.match(why.findings.join('\n'), /refused \(rejected: MISCONF/);
    assert.ok(await isReady(node));
    assert.deepEqual(said(node, 'redis link down'), []);
    await ann.close();
    // A Redis that must save and cannot does not end.
    await redis.command('CONFIG', 'SET', 'save', '');
  });

  it('swallows confirmations: the link is dropped with a reason', async () => {
    const redis = await startRedis();
    let isMute = true;
    const proxy = net.createServer((near) => {
      const far = net.connect(redis.port, '127.0.0.1');
      for (const end of [near, far]) {
        end.on('error', () => {});
        end.on('close', () => { near.destroy(); far.destroy(); });
      }
      near.pipe(far);
      far.on('data', (bytes) => {
        if (!isMute || !bytes.includes('subscribe')) near.write(bytes);
      });
    });
    await new Promise((done) => proxy.listen(0, '127.0.0.1', done));
    register({ hangUp: () => proxy.close() });
    const node = await startNode(
      { 'redis.url': `redis://127.0.0.1:${proxy.address().port}/0` },
      { waitReady: false });
    await eventually(() => said(node, 'redis link down').some(({ link }) =>
      link === 'subscribe'), 'the loss', 15_000);
    isMute = false;
    await node.ready(10_000);
  });
});

describe('a Redis that lacks commands', () => {
  after(leaveNothing);

  it('SCRIPT: channels without history work', async () => {
    const redis = await startRedis({ args: ['--rename-command', 'SCRIPT', ''] });
    const node = await startNode({ 'redis.url': redis.url, ...kept });
    const ann = await connect(node, '/ws/news');
    assert.equal((await node.publish('news', 'on')).status, 200);
    assert.equal(await ann.text(), 'on');
    const [told] = node.log.filter(({ command }) => command === 'SCRIPT LOAD');
    assert.match(told.answer, /unknown command/);
    assert.equal((await node.publish('kept:a', 'x')).status, 503);
    const why = await ask(node, 'why?channel=kept:a');
    assert.match(why.findings.join('\n'), /refused .*unknown command/);
    assert.match((await facts(node)).script_refusal, /unknown command/);
    await ann.close();
  });

  it('HRANDFIELD: presence is an error and not empty', async () => {
    const redis = await startRedis(
      { args: ['--rename-command', 'HRANDFIELD', ''] });
    const node = await startNode({ 'redis.url': redis.url,
      'token.hmac-secrets': secret, ...open('seen', { presence: true }) });
    const ann = await centrifuge(node, { token: token({ sub: 'ann' }) })
      .connected();
    const sub = await ann.subscribe('seen:room');
    await assert.rejects(sub.presence(), (error) => error.code === 100);
    const [told] = said(node, 'redis lacks a command');
    assert.equal(told.command, 'HRANDFIELD');
    assert.match((await facts(node)).missing_commands, /HRANDFIELD/);
    ann.hangUp();
  });
});

describe('clusters on one Redis', () => {
  after(leaveNothing);

  it('reach nothing of each other', async () => {
    const redis = await startRedis();
    const [one, ten] = await Promise.all(['tenant1', 'tenant10:'].map(
      (prefix) => startNode({ 'redis.url': redis.url, 'redis.prefix': prefix,
        ...kept })));
    const spies = await Promise.all(['0payroll', '0:payroll', 'payroll'].map(
      (channel) => connect(one, `/ws/${channel}`)));
    const boss = await connect(ten, '/ws/payroll');
    boss.send('secret');
    assert.equal(await boss.text(), 'secret');
    for (const spy of spies) spy.send('forged');
    for (const spy of spies) assert.equal(await spy.text(), 'forged');
    await ten.publish('payroll', 'end');
    assert.equal(await boss.text(), 'end');
    await one.publish('kept:a', 'x');
    for (const key of await redis.command('KEYS', '*')) {
      assert.ok(key.startsWith('tenant1:') || key.startsWith('tenant10:'), key);
    }
    for (const name of await redis.command('PUBSUB', 'CHANNELS')) {
      assert.match(name, /^tenant10?:/);
    }
    await act(one, 'publish', { channel: '__rookery:control', text: 'x' }, 400);
    await Promise.all([...spies, boss].map((each) => each.close()));
  });
});
