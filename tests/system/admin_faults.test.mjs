// Faults on purpose, found with the admin service alone.
import assert from 'node:assert/strict';
import { after, afterEach, describe, it } from 'node:test';
import { act, ask } from './harness/admin.mjs';
import { centrifuge, dataOf, inSeconds, open, secret, token, told }
  from './harness/centrifuge.mjs';
import { layDeafWay } from './harness/deaf_redis.mjs';
import { connect, dialChannel, eventually, leaveNothing, startCluster,
  startNode, startRedis } from './harness/index.mjs';

const settings = {
  'cluster.secret': 'the secret of the nodes',
  'token.hmac-secrets': secret,
  ...open('kept', { 'history-size': 100, 'history-ttl': '10min' }),
  'channel.allow-subscribe': true,
  'channel.allow-publish': true,
  'channel.allow-anonymous': true,
};

const user = (node, name, more = {}) => centrifuge(node,
  { token: token({ sub: name, ...more }) }).connected();

const known = (node, count) => eventually(async () =>
  (await ask(node, 'nodes')).nodes.length === count, `${count} nodes`);

describe('with the admin service one finds', () => {
  afterEach(leaveNothing);
  after(leaveNothing);

  it('a subscribe link that is deaf', async () => {
    const redis = await startRedis();
    const way = await layDeafWay(redis);
    const well = await startNode({ ...settings, 'redis.url': redis.url,
      'node.name': 'well' });
    const ill = await startNode({ ...settings, 'redis.url': way.url,
      'node.name': 'ill' });
    await known(well, 2);
    const ann = await user(ill, 'ann');
    await ann.subscribe('kept:chat');
    const bob = await user(well, 'bob');
    const heard = await bob.subscribe('kept:chat');
    way.isDeaf = true;
    await bob.centrifuge.publish('kept:chat', 'unheard');
    await dataOf(heard, 1);
    // The node that cannot hear cannot answer either, so ask it directly.
    await eventually(async () => {
      const { buses: [bus] } = await ask(ill, 'bridge?node=ill');
      return bus.facts.subscribe_link === 'up' && bus.facts.ready === false
        && bus.facts.probe_misses > 0;
    }, 'its bridge shows a link that is up, and probes that are missed', 20_000);
    assert.equal((await ill.admin('/ready')).status, 503);
    const { findings } = await ask(well, 'why?channel=kept:chat&offset=1');
    assert.ok(findings.some((each) =>
      /ill (did not answer|has members and did not get it)/.test(each)),
    findings.join('\n'));
    way.isDeaf = false;
    await eventually(async () => {
      const { members } = await ask(ill,
        'why?channel=kept:chat&offset=1&user=ann&node=ill');
      return members[0]?.verdict === 'repaired';
    }, 'what was missed is repaired, and shown so', 30_000);
  });

  it('a member that never reads', async () => {
    const { nodes: [one, two] } = await startCluster({ settings:
      { ...settings, 'listen.output-queue': 64 * 1024,
        'listen.send-buffer': 16 * 1024 } });
    await known(one, 2);
    const good = await connect(two, `/ws/flood?token=${token({ sub: 'good' })}`);
    const stuck = await dialChannel(one, `/ws/flood?token=${
      token({ sub: 'stuck' })}`);
    stuck.socket.pause();
    const [row] = (await ask(two, 'connections?user=stuck')).connections;
    const text = 'x'.repeat(32 * 1024);
    let isSlow = false;
    for (let i = 0; i < 1000 && !isSlow; ++i) {
      await act(two, 'publish', { channel: 'flood', text });
      await good.next();
      // Its queue may shrink again as long as the kernel takes something.
      isSlow = (await ask(two, 'connections?slow=1')).connections
        .some(({ id, node }) => id === row.id && node === row.node)
        && (await ask(two, 'top')).queues.some(({ id }) => id === row.id);
    }
    assert.ok(isSlow, 'it is among the slow ones, and at the top');
    let isCut = false;
    for (let i = 0; i < 1000 && !isCut; ++i) {
      await act(two, 'publish', { channel: 'flood', text });
      await good.next();
      isCut = (await ask(two, 'events?what=closed&user=stuck')).events.length > 0
        || (await ask(two, 'events?what=dropped&user=stuck')).events.length > 0;
    }
    assert.ok(isCut, 'it was cut');
    const why = await ask(two,
      `why?channel=flood&connection=${row.id}&node=${row.node}`);
    assert.ok(why.events.some(({ what, connection }) =>
      what === 'dropped' && connection === row.id), JSON.stringify(why.events));
    assert.match(why.findings.join('\n'), /was dropped: .*slow/);
    assert.equal((await ask(one, 'nodes')).nodes[0].slow_closes, 1);
  });

  it('a channel with a hole in its history', async () => {
    const { redis, nodes: [one] } = await startCluster({ count: 1, settings });
    const ann = await user(one, 'ann');
    const sub = await ann.subscribe('kept:hole');
    for (let i = 1; i <= 3; ++i) await ann.centrifuge.publish('kept:hole', i);
    await dataOf(sub, 3);
    const client = await redis.client();
    // While the node hears nothing, the history moves on and trims.
    const [stream] = await client.keys('*:log:{kept:hole}');
    const [position] = await client.keys('*:pos:{kept:hole}');
    await client.hSet(position, 'o', 9);
    await client.del(stream);
    await client.sendCommand(['CLIENT', 'KILL', 'TYPE', 'pubsub']);
    await eventually(async () => {
      const { totals } = await ask(one, 'gaps');
      return totals.found > 0 && totals.unfillable > 0;
    }, 'the gap is counted');
    const { channels, events } = await ask(one, 'gaps');
    assert.deepEqual(channels.map(({ name }) => name), ['kept:hole']);
    assert.ok(events.some(({ what, channel }) =>
      what === 'lost' && channel === 'kept:hole'), JSON.stringify(events));
    assert.match((await ask(one, 'why?channel=kept:hole')).findings.join('\n'),
      /publications were lost/);
  });

  it('what a deaf node has missed and the history has trimmed', async () => {
    const redis = await startRedis();
    const way = await layDeafWay(redis);
    const few = { ...settings,
      ...open('few', { 'history-size': 5, 'history-ttl': '10min' }) };
    const well = await startNode({ ...few, 'redis.url': redis.url,
      'node.name': 'well' });
    const ill = await startNode({ ...few, 'redis.url': way.url,
      'node.name': 'ill' });
    await known(well, 2);
    const ann = await user(ill, 'ann');
    const sub = await ann.subscribe('few:room', { recoverable: true });
    const bob = await user(well, 'bob');
    way.isDeaf = true;
    for (let i = 1; i <= 20; ++i) {
      await bob.centrifuge.publish('few:room', i);
    }
    await eventually(() => ill.log.some(({ event, reason }) =>
      event === 'redis link down' && reason === 'deaf'), 'it is deaf', 30_000);
    way.isDeaf = false;
    await told(sub, 'subscribed', ({ recovered, wasRecovering }) =>
      wasRecovering && !recovered, 40_000);
    const { events } = await ask(ill, 'events?what=lost');
    const [lost] = events.filter(({ channel }) => channel === 'few:room');
    assert.deepEqual([lost.publications, lost.reason], [15, 'trimmed']);
    const { channels } = await ask(ill, 'gaps');
    assert.ok(channels.some(({ name, gaps, members }) =>
      name === 'few:room' && gaps > 0 && members === 1),
    JSON.stringify(channels));
    const { findings } = await ask(ill, 'why?channel=few:room&user=ann');
    assert.match(findings.join('\n'),
      /on ill 15 publications were lost: trimmed/);
    assert.match(findings.join('\n'),
      /user ann, was unsubscribed: 2500 .*; it has subscribed again/);
  });

  it('a node that was killed', async () => {
    const { nodes: [one, two] } = await startCluster({ settings });
    await known(one, 2);
    await two.kill();
    const { silent } = await ask(one, 'channels');
    assert.deepEqual(silent.map(({ name }) => name), ['node-1']);
    await eventually(async () => (await ask(one, 'nodes')).gone
      .some(({ name, how }) => name === 'node-1' && how === 'silent'),
    'it is gone', 20_000);
  });

  it('a client that was refused for its token', async () => {
    const { nodes: [one, two] } = await startCluster({ settings });
    await known(one, 2);
    const late = centrifuge(two, { token: token({ sub: 'late',
      exp: inSeconds(-60) }) });
    late.centrifuge.connect();
    await eventually(async () => {
      const { events } = await ask(one, 'events?what=refused');
      return events.some(({ reason, code }) =>
        code === 109 && /token expired/.test(reason));
    }, 'the refusal is told with its reason');
    const ann = await user(two, 'ann');
    ann.watch('kept:own', { token: token({ sub: 'bob',
      channel: 'kept:own' }) });
    await eventually(async () => {
      const why = await ask(one, 'why?channel=kept:own&user=ann');
      return why.refusals.length > 0
        && why.findings.some((each) => /user ann, was refused/.test(each));
    }, 'why she is no member is told');
  });
});
