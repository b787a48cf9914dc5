// The admin service: questions and actions of operators on all nodes, and
// access to them.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, describe, it } from 'node:test';
import WebSocket from 'ws';
import { ask, act, live } from './harness/admin.mjs';
import { startBrowser } from './harness/browser.mjs';
import { centrifuge, dataOf, inSeconds, open, secret, token }
  from './harness/centrifuge.mjs';
import { connect, dialChannel, eventually, leaveNothing, register, release,
  request, startCluster, startNode } from './harness/index.mjs';

const settings = {
  'cluster.secret': 'the secret of the nodes',
  'listen.ping-interval': '1s',
  'token.hmac-secrets': secret,
  ...open('kept', { 'history-size': 100, 'history-ttl': '10min' }),
  'namespace.vip.presence': true,
  'channel.allow-subscribe': true,
  'channel.allow-publish': true,
  'channel.allow-anonymous': true,
};

const user = (node, name, more = {}) => centrifuge(node,
  { token: token({ sub: name, ...more }) }).connected();

const names = (rows) => rows.map(({ name }) => name);

describe('the admin service of a cluster', () => {
  let redis;
  let nodes;
  let one;
  let two;
  let ann;
  let bob;

  before(async () => {
    ({ redis, nodes } = await startCluster({ settings }));
    [one, two] = nodes;
    await eventually(async () =>
      (await ask(one, 'nodes')).nodes.length === 2, 'the nodes know each other');
    ann = await user(one, 'ann');
    bob = await user(two, 'bob');
    await ann.subscribe('kept:room');
    await bob.subscribe('kept:room');
  });
  after(leaveNothing);

  it('tells of all nodes, whichever is asked', async () => {
    for (const node of nodes) {
      const { scope, silent, nodes: rows, gone } = await ask(node, 'nodes');
      assert.equal(scope, 'cluster');
      assert.deepEqual(silent, []);
      assert.deepEqual(gone, []);
      assert.deepEqual(names(rows), ['node-0', 'node-1']);
      assert.deepEqual(rows.map(({ self }) => self),
        nodes.map((each) => each === node));
      for (const row of rows) {
        assert.equal(row.clients, 1);
        assert.equal(row.connections.centrifuge, 1);
        assert.equal(row.channels, 1);
        assert.equal(row.subscriptions, 1);
        assert.equal(row.ready, true);
        assert.equal(row.drain, null);
        assert.equal(row.bus, 'redis');
        assert.ok(row.memory_bytes > 1e6);
        assert.ok(row.actors > 5);
      }
    }
  });

  it('counts what is published and delivered', async () => {
    const before = await ask(one, 'nodes');
    for (let i = 0; i < 5; ++i) await ann.centrifuge.publish('kept:room', i);
    await eventually(async () => {
      const now = await ask(one, 'nodes');
      return now.nodes.every((row, i) =>
        row.publications - before.nodes[i].publications === 5
        && row.deliveries - before.nodes[i].deliveries === 5
        && row.bytes_sent > before.nodes[i].bytes_sent);
    }, 'both nodes have counted five');
  });

  it('lists connections by user, channel and protocol', async () => {
    const plain = await connect(one,
      `/ws/lobby?token=${token({ sub: 'cyd' })}`);
    const list = async (query) =>
      (await ask(two, `connections?${query}`)).connections;
    assert.deepEqual((await list('')).map(({ facts }) => facts.user).sort(),
      ['ann', 'bob', 'cyd']);
    assert.deepEqual((await list('user=bob')).map(({ facts }) => facts.user),
      ['bob']);
    assert.equal((await list('channel=kept:room')).length, 2);
    assert.equal((await list('protocol=plain')).length, 1);
    assert.equal((await list('protocol=plain'))[0].facts.channel, 'lobby');
    assert.equal((await list('protocol=sse')).length, 0);
    assert.equal((await list('slow=1')).length, 0);
    assert.equal((await list('node=node-1')).length, 1);
    await plain.close();
  });

  it('shows any actor of any node', async () => {
    for (const kind of ['connection', 'channel', 'redis_bridge', 'cluster',
      'loop', 'loop_commands', 'drain', 'publisher']) {
      const { actors } = await ask(one, `actors?kind=${kind}&limit=1000`);
      assert.ok(actors.length >= 2, `${kind}: ${JSON.stringify(actors)}`);
      for (const { node, id } of actors) {
        const { actor } = await ask(one, `actors/${id}?node=${node}`);
        assert.equal(actor.kind, kind);
        assert.equal(actor.id, id);
        assert.equal(actor.node, node);
      }
    }
  });

  it('tells how long clients take to answer a ping', async () => {
    const plain = await connect(one,
      `/ws/lobby?token=${token({ sub: 'cyd' })}`);
    await eventually(async () => {
      const { connections } = await ask(two, 'top?limit=10');
      return connections.length === 3 && connections.every(({ facts }) =>
        facts.round_trip_us > 0);
    }, 'all have answered one');
    await plain.close();
  });

  it('orders actors by their largest figures', async () => {
    const { actors } = await ask(one, 'actors?sort=handled&limit=20');
    const handled = actors.map((each) => each.handled);
    assert.deepEqual(handled, [...handled].sort((x, y) => y - x));
    assert.ok(handled[0] > 0);
  });

  it('lists channels page by page in the order of names', async () => {
    const carl = await user(one, 'carl');
    const dora = await user(two, 'dora');
    const all = Array.from({ length: 25 },
      (_, i) => `page-${String(i).padStart(2, '0')}`);
    for (const [i, name] of all.entries()) {
      await (i % 2 ? carl : dora).subscribe(name);
      if (i % 5 === 0) await (i % 2 ? dora : carl).subscribe(name);
    }
    const seen = [];
    let after = '';
    do {
      const page = await ask(one,
        `channels?prefix=page-&limit=10&after=${after}`);
      assert.ok(page.channels.length <= 10);
      seen.push(...page.channels);
      after = page.next;
    } while (after);
    assert.deepEqual(names(seen), all);
    assert.equal(seen[0].members, 2);
    assert.equal(seen[0].nodes, 2);
    assert.equal(seen[1].members, 1);
    const { channels } = await ask(two, 'channels?sort=members&limit=6');
    assert.equal(channels[0].members, 2);
    carl.hangUp();
    dora.hangUp();
  });

  it('finds the largest channel where no node has most of it', async () => {
    const clients = [];
    const join = async (node, channel, count) => {
      for (let i = 0; i < count; ++i) {
        clients.push(await connect(node,
          `/ws/${channel}?token=${token({ sub: channel })}`));
      }
    };
    await join(one, 'large-a', 6);
    await join(one, 'large-b', 6);
    await join(one, 'both', 4);
    await join(two, 'both', 4);
    for (const node of nodes) {
      const { channels } = await ask(node, 'channels?sort=members&limit=1');
      assert.deepEqual(names(channels), ['both']);
      assert.equal(channels[0].members, 8);
      assert.equal(channels[0].nodes, 2);
    }
    for (const client of clients) await client.close();
  });

  it('pages connections without gaps or repetitions', async () => {
    const clients = [];
    for (let i = 0; i < 12; ++i) {
      clients.push(await connect(nodes[i % 2],
        `/ws/many?token=${token({ sub: `many-${i}` })}`));
    }
    const seen = new Set();
    let rows = 0;
    let after = '';
    do {
      const page = await ask(one,
        `connections?channel=many&limit=5&after=${after}`);
      for (const { node, id } of page.connections) seen.add(`${id}@${node}`);
      rows += page.connections.length;
      after = page.next ?? '';
    } while (after);
    assert.equal(rows, clients.length);
    assert.equal(seen.size, clients.length);
    for (const client of clients) await client.close();
  });

  it('shows where a channel stands', async () => {
    const found = await ask(two, 'channel?name=kept:room');
    assert.equal(found.members, 2);
    assert.equal(found.options.history_size, 100);
    assert.equal(found.options.history_ttl_seconds, 600);
    assert.equal(found.options.force_join_leave, false);
    assert.equal(found.parts.length, 2);
    for (const { facts } of found.parts) {
      assert.equal(facts.offset, found.history.offset);
      assert.equal(facts.epoch, found.history.epoch);
    }
    const empty = await ask(one, 'channel?name=nobody');
    assert.equal(empty.members, 0);
    assert.equal(empty.history, null);
    assert.deepEqual(empty.parts, []);
  });

  it('shows the connections of a user, and its refusals', async () => {
    const eve = await user(one, 'eve');
    const sub = eve.watch('vip:room');
    await eventually(() => sub.told.some(({ event }) => event === 'error'
      || event === 'unsubscribed'), 'eve is refused');
    await eventually(async () => {
      const { connections, events } = await ask(two, 'user?id=eve');
      const refused = events.find(({ what }) => what === 'refused');
      return connections.length === 1 && refused?.channel === 'vip:room'
        && refused.code === 103;
    }, 'the refusal is on record');
    eve.hangUp();
  });

  it('shows the clients refused for a token, without the token', async () => {
    const bad = token({ sub: 'mallory', exp: inSeconds(-100) });
    const late = centrifuge(one, { token: bad });
    late.centrifuge.connect();
    await eventually(async () => {
      const { events } = await ask(two, 'events?what=refused');
      return events.some(({ code, reason }) =>
        code === 109 || /expired/.test(reason));
    }, 'the expired token is on record');
    late.hangUp();
    const { status } = await one.get('/ws/lobby?token=wrong', {
      headers: { Connection: 'Upgrade', Upgrade: 'websocket',
        'Sec-WebSocket-Version': 13,
        'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==' } });
    assert.equal(status, 401);
    const text = JSON.stringify(await ask(one, 'events?limit=1000'))
      + JSON.stringify(await ask(one, 'actors?limit=1000'));
    assert.ok(!text.includes(bad) && !text.includes(secret));
  });

  it('shows the bridges, and no drift where there is none', async () => {
    const { buses } = await ask(one, 'bridge?drift=1');
    assert.equal(buses.length, 2);
    for (const { facts, drift } of buses) {
      assert.equal(facts.subscribe_link, 'up');
      assert.equal(facts.publish_link, 'up');
      assert.equal(facts.ready, true);
      assert.equal(facts.wanted, facts.confirmed);
      assert.equal(facts.probe_misses, 0);
      assert.equal(drift.checked, facts.confirmed);
      assert.deepEqual(drift.missing, []);
    }
    const { renewed } = await act(one, 'bridge/reconcile', {});
    assert.equal(renewed, 0);
  });

  it('tells why: sent, joined later, not there', async () => {
    const sub = await ann.subscribe('kept:why');
    await bob.centrifuge.publish('kept:why', 'first');
    await dataOf(sub, 1);
    const late = await bob.subscribe('kept:why');
    const { connections } = await ask(one, 'connections?channel=kept:why');
    const of = (name) => connections.find(({ facts }) => facts.user === name);
    const why = (row) => ask(two, `why?channel=kept:why&offset=1&node=${
      row.node}&connection=${row.id}`);
    const first = await ask(one, 'why?channel=kept:why&offset=1');
    assert.equal(first.published.length, 1);
    assert.equal(first.published[0].verdict, 'accepted');
    assert.ok(first.received.length >= 1);
    assert.ok(first.findings.length > 0);
    assert.equal((await why(of('ann'))).members[0].verdict, 'sent');
    const other = (await why(of('bob'))).members[0];
    assert.ok(['joined later', 'not received', 'unknown', 'sent']
      .includes(other.verdict), other.verdict);
    await ann.centrifuge.publish('kept:why', 'second');
    await dataOf(late, 1);
    const second = await ask(one, 'why?channel=kept:why&offset=2');
    assert.equal(second.members.length, 2);
    assert.ok(second.members.every(({ verdict }) => verdict === 'sent'));
    const none = await ask(one, 'why?channel=kept:why&offset=99');
    assert.match(none.findings.join(), /does not exist/);
  });

  it('streams what happens on a channel', async () => {
    const stream = await live(two,
      { topic: 'watch', channel: 'kept:tail', seconds: 30 });
    await eventually(async () =>
      (await ask(one, 'channel?name=kept:tail')).members === 1, 'it watches');
    const sub = await ann.subscribe('kept:tail');
    await ann.centrifuge.publish('kept:tail', { n: 1 });
    await dataOf(sub, 1);
    const events = () => stream.messages.flatMap((each) => each.events ?? []);
    await eventually(() => events().some(({ what, text }) =>
      what === 'published' && text === '{"n":1}'), 'the publication is shown');
    await eventually(() => events().some(({ what, user: who }) =>
      what === 'subscribed' && who === 'ann'), 'who came is shown');
    stream.close();
  });

  it('streams nodes and top, and ends in time', async () => {
    for (const topic of ['nodes', 'top']) {
      const stream = await live(one, { topic });
      await eventually(() => stream.messages.length >= 2, `${topic} goes on`);
      assert.equal(stream.messages[0].topic, topic);
      assert.equal(stream.messages[0].data.scope, 'cluster');
      stream.close();
    }
    const short = await live(one, { topic: 'watch', user: 'ann', seconds: 1 });
    await eventually(() => short.messages.at(-1)?.end === 'time is over',
      'it ends');
    for (const wrong of [{ topic: 'x' }, { topic: 'watch' }, [],
      { topic: 'watch', channel: 'a', user: 'b' },
      { topic: 'watch', channel: '__rookery:control' }]) {
      const stream = await live(one, wrong);
      await eventually(() => stream.messages.at(-1)?.end, 'it is refused');
    }
  });

  it('serves a bounded number of streams', async () => {
    const streams = [];
    for (let i = 0; i < 17; ++i) {
      streams.push(await live(one, { topic: 'nodes' }));
    }
    await eventually(() => streams.some(({ messages }) =>
      messages[0]?.end === 'too many streams'), 'one is refused');
    for (const each of streams) each.close();
  });

  it('publishes', async () => {
    const sub = await bob.subscribe('kept:news');
    const { offset, epoch } = await act(one, 'publish',
      { channel: 'kept:news', data: { a: 1 } });
    assert.equal(offset, 1);
    assert.ok(epoch);
    await act(one, 'publish', { channel: 'kept:news', text: 'hello' });
    assert.deepEqual(await dataOf(sub, 2), [{ a: 1 }, 'hello']);
  });

  it('kicks a connection and disconnects a user, anywhere', async () => {
    const frank = await user(two, 'frank');
    const [row] = (await ask(one, 'connections?user=frank')).connections;
    const body = { connection: row.id, node: row.node };
    assert.equal((await act(one, 'kick', body)).clients, 1);
    assert.equal((await frank.disconnected()).code, 3503);
    await eventually(async () => (await act(one, 'kick', body, 404)).error,
      'it is gone');
    const gina = await user(two, 'gina');
    assert.equal((await act(one, 'disconnect-user', { user: 'gina' })).clients,
      1);
    assert.equal((await gina.disconnected()).code, 3503);
  });

  it('unsubscribes a user', async () => {
    const sub = await bob.subscribe('kept:leave');
    const body = { user: 'bob', channel: 'kept:leave' };
    assert.equal((await act(one, 'unsubscribe', body)).clients, 1);
    await eventually(() => sub.told.some(({ event }) =>
      event === 'unsubscribed'), 'bob is out');
  });

  it('sets what is logged', async () => {
    assert.equal((await act(one, 'log-level', { level: 'debug' })).level,
      'debug');
    for (const row of (await ask(one, 'nodes')).nodes) {
      assert.equal(row.log_level, 'debug');
    }
    await act(one, 'log-level', { level: 'info' });
    await act(one, 'log-level', { level: 'loud' }, 400);
  });

  it('logs every action with its source and subject, and no data', () => {
    const actions = one.log.filter(({ event }) => event === 'admin action');
    for (const path of ['kick', 'publish', 'disconnect-user', 'unsubscribe',
      'log-level', 'bridge/reconcile']) {
      assert.ok(actions.some((each) => each.do === `/api/${path}`
        && each.from === '127.0.0.1'), path);
    }
    assert.ok(actions.some(({ on }) => on === 'user:gina'));
    assert.ok(!one.program.lines.some((line) => line.includes('hello')));
  });

  it('drains a node at a pace, pauses, and takes it back', async () => {
    const clients = [];
    for (let i = 0; i < 10; ++i) {
      clients.push(await connect(two,
        `/ws/drain?token=${token({ sub: `drain-${i}` })}`));
    }
    const look = async () => (await ask(one, 'drain?node=node-1')).drain;
    assert.equal(await look(), null);
    const begun = await act(one, 'drain',
      { node: 'node-1', do: 'start', rate: 4 });
    assert.equal(begun.drain.state, 'running');
    await eventually(async () => (await look()).closed >= 2, 'some are gone');
    assert.equal((await act(one, 'drain', { node: 'node-1', do: 'pause' }))
      .drain.state, 'paused');
    assert.equal((await two.get('/ready')).status, 503);
    assert.equal((await two.get('/health')).status, 200);
    assert.equal((await two.get('/sse/x')).status, 503);
    const { closed } = await look();
    assert.ok(closed < 11);
    await act(one, 'drain', { node: 'node-1', do: 'start', rate: 1000 });
    await eventually(async () => (await look()).state === 'done', 'all are gone');
    assert.equal((await look()).left, 0);
    assert.equal((await act(one, 'drain', { node: 'node-1', do: 'cancel' }))
      .drain, null);
    await eventually(async () => (await two.get('/ready')).status === 200,
      'it is ready again');
    await eventually(() => bob.centrifuge.state === 'connected', 'bob is back');
    await act(one, 'drain', { node: 'nowhere', do: 'start' }, 404);
    await act(one, 'drain', { node: 'node-1', do: 'explode' }, 400);
    await act(one, 'drain', { node: 'node-1', do: 'start', rate: 0 }, 400);
  });

  it('refuses senseless requests', async () => {
    for (const path of ['actors/x', 'actors?limit=x', 'actors?limit=0',
      'actors?limit=1001', 'actors?sort=colour', 'actors?after=-1',
      'connections?protocol=morse',
      'connections?slow=maybe', 'channel?name=', 'channel?name=__rookery:x',
      'user', 'why?channel=', 'why?channel=a&offset=x', 'drain',
      'top?limit=1e3']) {
      assert.equal((await one.admin(`/api/${path}`)).status, 400, path);
    }
    assert.equal((await one.admin('/api/actors/999999999')).status, 404);
    assert.equal((await one.admin('/api/actors?node=nowhere')).status, 404);
    assert.equal((await one.admin('/api/nothing')).status, 404);
    assert.equal((await one.admin('/nothing')).status, 404);
    assert.equal((await one.admin('/api/nodes', { method: 'POST',
      headers: { 'Content-Type': 'application/json' }, body: '{}' })).status,
    405);
    assert.equal((await one.admin('/api/kick')).status, 405);
    for (const [type, status] of [['text/plain', 415], ['', 415],
      ['application/json', 400], ['application/json; charset=utf-8', 400]]) {
      assert.equal((await one.admin('/api/kick', { method: 'POST',
        headers: type ? { 'Content-Type': type } : {}, body: '{}' })).status,
      status, type);
    }
    for (const body of ['', '[]', 'x', '{"user":1}', '{"user":""}']) {
      assert.equal((await one.admin('/api/disconnect-user', { method: 'POST',
        headers: { 'Content-Type': 'application/json' }, body })).status, 400,
      body);
    }
    await act(one, 'publish', { channel: 'a' }, 400);
    await act(one, 'publish', { channel: '__rookery:control', text: 'x' }, 400);
    await act(one, 'publish', { channel: 'a', text: 'x', data: 1 }, 400);
  });

  it('names a node that is silent, and one that is gone', async () => {
    two.freeze();
    const { nodes: rows, silent } = await ask(one, 'nodes');
    assert.deepEqual(names(rows), ['node-0']);
    assert.deepEqual(names(silent), ['node-1']);
    two.thaw();
    await eventually(async () =>
      (await ask(one, 'nodes')).nodes.length === 2, 'it is back');
    await two.kill();
    await eventually(async () => {
      const { gone, silent: quiet } = await ask(one, 'nodes');
      return quiet.length === 0 && gone.some(({ name, how }) =>
        name === 'node-1' && how === 'silent');
    }, 'it is told to be gone', 20_000);
    await redis.client().then((client) => client.ping());
  });
});

describe('the admin service without a secret of the cluster', () => {
  let nodes;

  before(async () => {
    ({ nodes } = await startCluster({ settings: { 'api.key': 'k'.repeat(16) } }));
  });
  after(leaveNothing);

  it('is about its own node, and says so', async () => {
    const { scope, nodes: rows } = await ask(nodes[0], 'nodes');
    assert.equal(scope, 'node');
    assert.deepEqual(names(rows), ['node-0']);
    await act(nodes[0], 'log-level', { node: 'node-1', level: 'debug' }, 404);
    assert.equal((await ask(nodes[1], 'nodes')).nodes[0].log_level, 'info');
  });
});

describe('the admin service of a node without Redis', () => {
  after(leaveNothing);

  it('works', async () => {
    const node = await startNode({});
    const client = await connect(node, '/ws/chat');
    await act(node, 'publish', { channel: 'chat', text: 'hello' });
    assert.equal((await client.next()).data.toString(), 'hello');
    const { scope, nodes: [row] } = await ask(node, 'nodes');
    assert.equal(scope, 'node');
    assert.equal(row.bus, 'in-process');
    assert.equal(row.clients, 1);
    assert.equal((await ask(node, 'bridge?drift=1')).buses.length, 2);
    const why = await ask(node, 'why?channel=chat');
    assert.equal(why.published.length, 1);
    assert.equal(why.handled.length, 1);
  });
});

describe('who may ask', () => {
  let node;

  before(async () => {
    ({ nodes: [node] } = await startCluster({ count: 1,
      settings: { 'admin.token': 'the-admin-token' } }));
  });
  after(leaveNothing);

  const bearer = { Authorization: 'Bearer the-admin-token' };

  it('whoever has the token', async () => {
    for (const path of ['/api/nodes', '/api/actors', '/metrics', '/api/x']) {
      assert.equal((await node.admin(path)).status, 401, path);
      assert.equal((await node.admin(path,
        { headers: { Authorization: 'Bearer wrong' } })).status, 401, path);
      assert.notEqual((await node.admin(path, { headers: bearer })).status, 401);
    }
    for (const path of ['/', '/console.js', '/console.css', '/health',
      '/ready']) {
      assert.equal((await node.admin(path)).status, 200, path);
    }
    assert.equal((await node.admin('/api/log-level', { method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"level":"debug"}' })).status, 401);
    const stream = await live(node, { topic: 'nodes', token: 'wrong' });
    await eventually(() =>
      stream.messages[0]?.end === 'a valid token is required', 'it is refused');
    const good = await live(node, { topic: 'nodes', token: 'the-admin-token' });
    await eventually(() => good.messages[0]?.topic === 'nodes', 'it is served');
    good.close();
  });

  it('and nobody finds it anywhere', async () => {
    for (const path of ['/metrics', '/api/actors?limit=1000', '/api/nodes']) {
      const { text } = await node.admin(path, { headers: bearer });
      assert.ok(!text.includes('the-admin-token'), path);
    }
    assert.ok(!node.program.lines.some((line) =>
      line.includes('the-admin-token')));
  });

  it('only under a name of its own, and no foreign page', async () => {
    const get = async (headers, path = '/api/nodes') =>
      (await node.admin(path, { headers: { ...bearer, ...headers } })).status;
    const own = `127.0.0.1:${node.adminPort}`;
    for (const path of ['/api/nodes', '/', '/metrics', '/health']) {
      assert.equal(await get({ Host: own }, path), 200);
      assert.equal(await get({ Host: own, Origin: `http://${own}` }, path), 200);
      assert.equal(await get({ Host: 'evil.example' }, path), 403);
      assert.equal(await get({ Host: `evil.example:${node.adminPort}` }, path),
        403);
      assert.equal(await get({ Host: own, Origin: 'http://evil.example' }, path),
        403);
      assert.equal(await get({ Host: own, Origin: 'null' }, path), 403);
    }
    await new Promise((resolve) => {
      const socket = new WebSocket(`ws://${own}/live`,
        { origin: 'http://evil.example' });
      socket.on('unexpected-response', (_, { statusCode }) => {
        assert.equal(statusCode, 403);
        socket.on('error', () => {});
        socket.terminate();
        resolve();
      });
      socket.on('error', () => {});
    });
  });

  it('is not served where clients come in, nor on other addresses',
    async () => {
      assert.equal((await node.get('/api/nodes', { headers: bearer })).status,
        403);
      await assert.rejects(request(node.adminPort,
        { host: '127.0.0.2', path: '/api/nodes' }), /ECONNREFUSED/);
    });

  it('tells a page of another origin nothing', async () => {
    const page = http.createServer((_, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end('<!doctype html><link rel="icon" href="data:,">');
    });
    await new Promise((resolve) => page.listen(0, '127.0.0.1', resolve));
    const site = register({ hangUp: () => {
      page.closeAllConnections?.();
      return new Promise((resolve) => page.close(resolve));
    } });
    const browser = await startBrowser();
    const tab = await browser.newPage();
    await tab.goto(`http://127.0.0.1:${page.address().port}/`);
    const attempts = await tab.evaluate(async (url) => {
      const told = [];
      for (const options of [{}, { mode: 'no-cors' }, { method: 'POST',
        headers: { 'Content-Type': 'application/json' }, body: '{}' },
      { method: 'DELETE' }]) {
        try {
          const answer = await fetch(url, options);
          told.push(await answer.text());
        } catch {
          told.push('');
        }
      }
      return told;
    }, `http://127.0.0.1:${node.adminPort}/api/nodes`);
    assert.deepEqual(attempts, ['', '', '', '']);
    await browser.close();
    await site.hangUp();
    await release(site).catch(() => {});
  });
});
