// The numbers in /metrics agree with what happened.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { connect, eventually, leaveNothing, startCluster, startNode }
  from './harness/index.mjs';

const sampleLine =
  /^([a-z_:][a-z0-9_:]*)((?:\{(?:[a-z_]+="(?:[^"\\]|\\.)*",?)+\})?) (\S+)$/;

/** The samples by name and labels; every line must be one or a comment. */
async function measure(node) {
  const { status, headers, text } = await node.admin('/metrics');
  assert.equal(status, 200);
  assert.match(headers['content-type'], /^text\/plain; version=0\.0\.4/);
  assert.ok(text.endsWith('\n'));
  const result = new Map();
  for (const line of text.trimEnd().split('\n')) {
    if (/^# (HELP|TYPE) \S+ \S/.test(line)) continue;
    const parts = sampleLine.exec(line);
    assert.ok(parts, line);
    const [, name, labels, value] = parts;
    assert.ok(!Number.isNaN(Number(value.replace('+Inf', 'Infinity'))), line);
    assert.ok(!result.has(name + labels), `${line} twice`);
    result.set(name + labels, Number(value));
  }
  return result;
}

/** Reads until `isSo(now)` holds for the growth since `before`. */
async function grows(node, before, isSo, what) {
  let grown;
  await eventually(async () => {
    const now = await measure(node);
    grown = (name) => now.get(name) - (before.get(name) ?? 0);
    return isSo(grown);
  }, what);
  return grown;
}

describe('/metrics', () => {
  const members = 10;
  let redis;
  let node;
  let clients;

  before(async () => {
    ({ redis, nodes: [node] } = await startCluster({ count: 1,
      // One loop, so that each publication is handed out once.
      settings: { 'node.loops': 1, 'namespace.kept.history-size': 100,
        'namespace.kept.history-ttl': '1min' } }));
    clients = [];
    for (let i = 0; i < members; ++i) {
      clients.push(await connect(node, '/ws/kept:chat'));
    }
  });
  after(leaveNothing);

  it('counts connections, publications, deliveries and bytes', async () => {
    const before = await measure(node);
    assert.equal(before.get('rookery_connections{protocol="plain"}'), members);
    assert.equal(before.get('rookery_actors{kind="connection"}'), members);
    assert.equal(before.get('rookery_subscriptions'), members);
    assert.equal(before.get('rookery_ready'), 1);
    const count = 25;
    const size = 100;
    for (let i = 0; i < count; ++i) {
      await node.publish('kept:chat', `${i} `.padEnd(size, 'x'));
    }
    for (const client of clients) await client.texts(count);
    const grown = await grows(node, before,
      (by) => by('rookery_deliveries_total') >= count * members,
      'the deliveries are counted');
    assert.equal(grown('rookery_publications_total'), count);
    assert.equal(grown('rookery_deliveries_total'), count * members);
    assert.equal(grown('rookery_fan_out_duration_seconds_count'), count);
    assert.equal(grown('rookery_bus_published_total'), count);
    assert.equal(grown('rookery_bus_received_total'), count);
    assert.ok(grown('rookery_redis_command_duration_seconds_count') >= count);
    assert.ok(grown('rookery_sent_bytes_total') >= count * members * size);
    assert.ok(grown('rookery_received_bytes_total') >= count * size);
    assert.ok(grown('rookery_loop_turn_duration_seconds_count{loop="0"}') > 0);
    assert.equal(grown('rookery_gaps_total{state="found"}'), 0);
  });

  it('counts what a cut link made and what was repaired', async () => {
    const before = await measure(node);
    let published = 0;
    await eventually(async () => {
      await redis.command('CLIENT', 'KILL', 'TYPE', 'pubsub');
      await node.publish('kept:chat', `missed ${published++}`);
      for (const client of clients) await client.texts(1);
      return (await measure(node)).get('rookery_gaps_total{state="filled"}')
        > before.get('rookery_gaps_total{state="filled"}');
    }, 'a repair', 20_000);
    const after = await grows(node, before,
      (by) => by('rookery_redis_link_failures_total{link="subscribe"}') > 0,
      'the cut is counted');
    assert.ok(after('rookery_gaps_total{state="found"}') >= 1);
    assert.equal(after('rookery_gaps_total{state="unfillable"}'), 0);
    assert.ok(after('rookery_repaired_publications_total') >= 1);
    assert.equal(after('rookery_deliveries_total'), published * members);
    assert.equal((await measure(node))
      .get('rookery_redis_link_up{link="publish"}'), 1);
  });

  it('has everything that the dashboard draws', async () => {
    const file = new URL('../../docs/grafana.json', import.meta.url);
    const { panels } = JSON.parse(await readFile(file, 'utf8'));
    const names = new Set([...(await measure(node)).keys()]
      .map((each) => each.replace(/\{.*/, '')));
    const drawn = panels.flatMap(({ targets = [] }) => targets)
      .flatMap(({ expr }) => expr.match(/\b(rookery|process)_[a-z_]+/g));
    assert.ok(drawn.length > 30);
    for (const name of drawn) assert.ok(names.has(name), name);
  });

  it('counts the slow clients that it closes', async () => {
    const before = await measure(node);
    const stuck = await connect(node, '/ws/flood');
    stuck.socket.pause();
    const publisher = await redis.client();
    const piece = 'x'.repeat(64 * 1024);
    for (let i = 0; i < 200; ++i) await publisher.publish('flood', piece);
    const grown = await grows(node, before,
      (by) => by('rookery_slow_consumer_closes_total') > 0, 'the verdict');
    assert.equal(grown('rookery_slow_consumer_closes_total'), 1);
    stuck.socket.resume();
    await stuck.closed;
    await grows(node, before,
      (by) => by('rookery_connections{protocol="plain"}') === 0, 'it is gone');
  });
});

describe('/metrics without Redis', () => {
  after(leaveNothing);

  it('says nothing of it and counts the in-process bus', async () => {
    const node = await startNode();
    const client = await connect(node, '/ws/chat');
    client.send('hi');
    assert.equal(await client.text(), 'hi');
    const found = await measure(node);
    assert.equal(found.get('rookery_bus_published_total'), 1);
    assert.ok([...found.keys()].every((name) => !/_redis_/.test(name)));
    await client.close();
  });
});
