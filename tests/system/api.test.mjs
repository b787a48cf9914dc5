// Backends control clients and channels over HTTP, on any node.
import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { CentClient } from 'cent.js';
import { centrifuge, dataOf, inSeconds, open, secret, token, told }
  from './harness/centrifuge.mjs';
import { connect, eventually, leaveNothing, startCluster, startNode,
  startRedis } from './harness/index.mjs';

const key = 'the-key-of-backends';

const settings = {
  'api.key': key,
  'token.hmac-secrets': secret,
  ...open('open'),
  ...open('kept', { 'history-size': 100, 'history-ttl': '1min' }),
  ...open('seen', { presence: true, 'join-leave': true }),
};

async function ask(node, method, body = {}, headers = { 'X-API-Key': key }) {
  return node.get(`/api/${method}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

async function call(node, method, body) {
  const answer = await ask(node, method, body);
  assert.equal(answer.status, 200, answer.text);
  return answer.json();
}

async function result(node, method, body) {
  const answer = await call(node, method, body);
  assert.ok(answer.result, JSON.stringify(answer));
  return answer.result;
}

const user = (node, name, more = {}) => centrifuge(node,
  { token: token({ sub: name, ...more }) }).connected();

describe('the server API of a cluster', () => {
  let redis;
  let one;
  let two;

  before(async () => {
    ({ redis, nodes: [one, two] } = await startCluster({ settings }));
    await eventually(async () =>
      (await result(one, 'info')).nodes.length === 2, 'two nodes that know');
  });
  after(leaveNothing);

  it('publishes to clients of every node', async () => {
    const ann = await user(one, 'ann');
    const bob = await user(two, 'bob');
    const there = [await ann.subscribe('open:a'), await bob.subscribe('open:a')];
    assert.deepEqual(
      await result(one, 'publish', { channel: 'open:a', data: { n: 1 } }), {});
    assert.deepEqual(await result(two, 'publish',
      { channel: 'open:a', b64data: Buffer.from('[2]').toString('base64') }),
    {});
    for (const sub of there) {
      assert.deepEqual(await dataOf(sub, 2), [{ n: 1 }, [2]]);
    }
    await result(one, 'publish',
      { channel: 'open:a', data: 3, tags: { kind: 'odd' } });
    await dataOf(there[1], 3);
    assert.deepEqual(there[1].seen[2].tags, { kind: 'odd' });
    ann.hangUp();
    bob.hangUp();
  });

  it('tells the position of what it publishes, once per key', async () => {
    const what = { channel: 'kept:once', data: 'x', idempotency_key: 'k1' };
    const first = await result(one, 'publish', what);
    assert.equal(first.offset, 1);
    assert.ok(first.epoch);
    assert.deepEqual(await result(two, 'publish', what), first);
    assert.deepEqual(
      await result(one, 'publish', { ...what, idempotency_key: 'k2' }),
      { offset: 2, epoch: first.epoch });
    assert.deepEqual(await result(one, 'publish',
      { channel: 'kept:once', data: 1, skip_history: true }), {});
    const history = await result(two, 'history',
      { channel: 'kept:once', limit: 10 });
    assert.deepEqual(history.publications.map(({ data, offset }) =>
      [data, offset]), [['x', 1], ['x', 2]]);
    assert.deepEqual([history.offset, history.epoch], [2, first.epoch]);
  });

  it('broadcasts, with a result for each channel', async () => {
    const bob = await user(two, 'bob');
    const there = await bob.subscribe('open:b');
    const { responses } = await result(one, 'broadcast', {
      channels: ['open:b', 'nobody:b', 'kept:b', '__x'], data: 'all',
    });
    assert.deepEqual(responses[0], { result: {} });
    assert.equal(responses[1].error.code, 102);
    assert.equal(responses[2].result.offset, 1);
    assert.equal(responses[3].error.code, 107);
    assert.deepEqual(await dataOf(there, 1), ['all']);
    bob.hangUp();
  });

  it('reads, pages and removes a history', async () => {
    for (let i = 1; i <= 5; ++i) {
      await result(one, 'publish', { channel: 'kept:h', data: i });
    }
    const { epoch } = await result(two, 'history', { channel: 'kept:h' });
    const page = await result(two, 'history', { channel: 'kept:h', limit: 2,
      since: { offset: 1, epoch } });
    assert.deepEqual(page.publications.map(({ data }) => data), [2, 3]);
    const last = await result(one, 'history',
      { channel: 'kept:h', limit: 2, reverse: true });
    assert.deepEqual(last.publications.map(({ data }) => data), [5, 4]);
    assert.equal((await call(one, 'history',
      { channel: 'kept:h', since: { offset: 1, epoch: 'other' } })).error.code,
    112);
    const staying = await connect(two,
      `/ws/kept:h?token=${token({ sub: 'bob' })}`);
    assert.deepEqual(await result(one, 'history_remove',
      { channel: 'kept:h' }), {});
    // Nodes forget what they remember, too.
    const late = await connect(two, `/ws/kept:h?notices=N&since=1:${epoch}`
      + `&token=${token({ sub: 'bob' })}`);
    assert.match(await late.text(), /"gap"/);
    await late.close();
    await staying.close();
    assert.deepEqual(await result(two, 'history',
      { channel: 'kept:h', limit: -1 }),
    { publications: [], offset: 5, epoch });
    assert.equal((await call(one, 'history', { channel: 'open:h' })).error.code,
      108);
  });

  it('lists the clients of a channel', async () => {
    const ann = await user(one, 'ann', { info: { n: 1 } });
    const bob = await user(two, 'bob');
    await ann.subscribe('seen:p');
    await bob.subscribe('seen:p');
    await eventually(async () => (await result(one, 'presence_stats',
      { channel: 'seen:p' })).num_clients === 2, 'both');
    const { presence } = await result(two, 'presence', { channel: 'seen:p' });
    const users = Object.values(presence).map(({ user: name }) => name).sort();
    assert.deepEqual(users, ['ann', 'bob']);
    assert.deepEqual(Object.values(presence)
      .find(({ user: name }) => name === 'ann').conn_info, { n: 1 });
    assert.deepEqual(await result(two, 'presence', { channel: 'seen:nobody' }),
      { presence: {} });
    assert.deepEqual(
      await result(two, 'presence_stats', { channel: 'seen:nobody' }),
      { num_clients: 0, num_users: 0 });
    ann.hangUp();
    bob.hangUp();
  });

  it('subscribes and unsubscribes users on every node', async () => {
    const here = await user(one, 'eve');
    const there = await user(two, 'eve');
    const seen = [[], []];
    [here, there].forEach((each, i) => {
      each.centrifuge.on('subscribed', (what) => seen[i].push(['in', what]));
      each.centrifuge.on('unsubscribed', ({ channel }) =>
        seen[i].push(['out', channel]));
      each.centrifuge.on('publication', ({ data }) =>
        seen[i].push(['pub', data]));
    });
    await result(one, 'publish', { channel: 'kept:s', data: 'before' });
    await result(one, 'subscribe', { user: 'eve', channel: 'kept:s',
      data: { hello: 1 } });
    await eventually(() => seen.every((each) => each.length === 1), 'both in');
    assert.deepEqual(seen[0][0][1].data, { hello: 1 });
    await result(two, 'publish', { channel: 'kept:s', data: 'live' });
    await eventually(() => seen.every((each) => each.length === 2), 'heard');
    assert.deepEqual(seen[1][1], ['pub', 'live']);
    await result(two, 'unsubscribe', { user: 'eve', channel: 'kept:s' });
    await eventually(() => seen.every((each) => each.length === 3), 'both out');
    assert.deepEqual(seen[0][2], ['out', 'kept:s']);
    await result(two, 'subscribe', { user: 'eve', channel: 'kept:s',
      recover_since: { offset: 0, epoch: '' } });
    await eventually(() => seen.every((each) => each.length === 6),
      () => JSON.stringify(seen));
    assert.deepEqual(seen[0].slice(4), [['pub', 'before'], ['pub', 'live']]);
    here.hangUp();
    there.hangUp();
  });

  it('ends a subscription that the client has made', async () => {
    const ann = await user(two, 'ann');
    const sub = await ann.subscribe('open:end');
    await result(one, 'unsubscribe', { user: 'ann', channel: 'open:end' });
    assert.equal((await told(sub, 'unsubscribed')).code, 2000);
    ann.hangUp();
  });

  it('disconnects users, some of their clients, with its own words',
    async () => {
      const gone = await user(two, 'mallory');
      const alike = await user(one, 'mallory');
      const { client } = await new Promise((resolve) => {
        alike.centrifuge.once('connected', resolve);
        alike.cut();
      });
      await result(one, 'disconnect', { user: 'mallory', whitelist: [client],
        disconnect: { code: 4567, reason: 'not you' } });
      assert.deepEqual(await gone.disconnected(),
        { event: 'disconnected', code: 4567, reason: 'not you' });
      assert.equal(alike.centrifuge.state, 'connected');
      await result(two, 'disconnect', { user: 'mallory', client });
      assert.equal((await alike.disconnected()).code, 3503);
    });

  it('sets when a connection ends', async () => {
    const ann = await user(two, 'ann');
    const again = new Promise((resolve) => {
      ann.centrifuge.on('connecting', resolve);
    });
    await result(one, 'refresh', { user: 'ann', expired: true });
    assert.equal((await again).code, 3005);
    await result(one, 'refresh', { user: 'ann', expire_at: inSeconds(3600) });
    ann.hangUp();
  });

  it('lists channels and nodes', async () => {
    const ann = await user(one, 'ann');
    const bob = await user(two, 'bob');
    await ann.subscribe('open:list-1');
    await bob.subscribe('open:list-1');
    await bob.subscribe('open:list-2');
    assert.deepEqual((await result(one, 'channels',
      { pattern: 'open:list-*' })).channels,
    { 'open:list-1': { num_clients: 2 }, 'open:list-2': { num_clients: 1 } });
    const { nodes } = await result(two, 'info');
    assert.deepEqual(nodes.map(({ name }) => name).sort(),
      ['node-0', 'node-1']);
    for (const node of nodes) {
      assert.equal(node.num_clients, 1);
      assert.equal(node.num_users, 1);
      assert.ok(node.uid && node.version && node.uptime >= 0);
    }
    ann.hangUp();
    bob.hangUp();
  });

  it('carries out batches', async () => {
    const { replies } = await call(one, 'batch', { commands: [
      { publish: { channel: 'kept:batch', data: 1 } },
      { history: { channel: 'kept:batch', limit: 1 } },
      { nothing: {} },
      { disconnect: { user: 'nobody' } },
      { publish: { channel: 'kept:batch' } },
    ] }).then((answer) => answer.result);
    assert.equal(replies[0].publish.offset, 1);
    assert.equal(replies[1].history.publications[0].data, 1);
    assert.equal(replies[2].error.code, 104);
    assert.deepEqual(replies[3], { disconnect: {} });
    assert.equal(replies[4].error.code, 107);
  });

  it('lets a bad command of a batch fail alone', async () => {
    const { replies } = await result(one, 'batch', { commands: [
      {}, { publish: { channel: 'open:a', data: 1 } }, 7] });
    assert.deepEqual(replies.map((each) => each.error?.code),
      [107, undefined, 107]);
    const lines = ['{', '{"method":"publish","params":'
      + '{"channel":"open:a","data":1}}', '{"method":7}'].join('\n');
    const answer = await one.get('/api', { method: 'POST', body: lines,
      headers: { 'Content-Type': 'application/json', 'X-API-Key': key } });
    assert.deepEqual(answer.text.split('\n').map((line) =>
      JSON.parse(line).error?.code), [107, undefined, 107]);
  });

  it('serves a released server library', async () => {
    const cent = (node) => new CentClient({ apiKey: key,
      url: `http://127.0.0.1:${node.port}/api` });
    const ann = await user(two, 'ann');
    const sub = await ann.subscribe('kept:lib');
    const { epoch } = await cent(one).publish(
      { channel: 'kept:lib', data: { n: 1 } });
    await cent(two).broadcast({ channels: ['kept:lib'], data: { n: 2 } });
    assert.deepEqual(await dataOf(sub, 2), [{ n: 1 }, { n: 2 }]);
    const history = await cent(one).getHistory(
      { channel: 'kept:lib', limit: 10 });
    assert.equal(history.epoch, epoch);
    assert.equal(history.publications.length, 2);
    await cent(one).removeHistory({ channel: 'kept:lib' });
    await ann.subscribe('seen:lib');
    await eventually(async () => (await cent(one).getPresenceStats(
      { channel: 'seen:lib' })).num_users === 1, 'ann');
    assert.equal(Object.keys((await cent(one).getPresence(
      { channel: 'seen:lib' })).presence).length, 1);
    assert.ok((await cent(one).getChannels({ pattern: 'seen:*' }))
      .channels['seen:lib']);
    assert.equal((await cent(one).getInfo()).nodes.length, 2);
    await cent(one).subscribe({ user: 'ann', channel: 'open:lib' });
    await cent(one).unsubscribe({ user: 'ann', channel: 'open:lib' });
    await cent(one).refresh({ user: 'ann', expire_at: inSeconds(60) });
    const replies = await cent(one).pipeline([
      { method: 'publish', params: { channel: 'kept:lib', data: 3 } },
      { method: 'history', params: { channel: 'kept:lib', limit: 1 } },
    ]);
    assert.equal(replies[1].publications[0].data, 3);
    await cent(one).disconnect({ user: 'ann' });
    assert.equal((await ann.disconnected()).code, 3503);
    await assert.rejects(cent(one).publish({ channel: 'nobody:a', data: 1 }));
  });

  it('names the node that does not answer', async () => {
    two.freeze();
    const { error } = await call(one, 'disconnect', { user: 'nobody' });
    assert.equal(error.code, 100);
    assert.match(error.message, /node-1/);
    const { nodes, silent } = await result(one, 'info');
    assert.equal(nodes.length, 1);
    assert.deepEqual(silent, ['node-1']);
    two.program.signal('SIGCONT');
    await eventually(async () =>
      (await result(one, 'info')).nodes.length === 2, 'both again');
  });

  it('believes nobody without the key of the cluster', async () => {
    const ann = await user(two, 'ann');
    const forged = JSON.stringify({ from: { id: 'x', name: 'x', version: '1' },
      type: 'question', id: 1, body: { about: 'clients', user: 'ann',
        client: '', do: 'disconnect', code: 3503, reason: '', except: [] } });
    const { refused_messages: before_ } = await factsOf(two);
    for (const text of [forged, `${'0'.repeat(64)} ${Date.now()} n ${forged}`,
      '', '\xff', '{}']) {
      await redis.command('PUBLISH', '__rookery:control', text);
    }
    await eventually(async () =>
      (await factsOf(two)).refused_messages >= before_ + 4, 'all refused');
    assert.equal(ann.centrifuge.state, 'connected');
    ann.hangUp();
  });
});

describe('a cluster whose nodes do not understand each other', () => {
  after(leaveNothing);

  it('does not answer success for what only one node was told', async () => {
    const redis = await startRedis();
    const [one, two] = await Promise.all(['one', 'two'].map((name) =>
      startNode({ ...settings, 'redis.url': redis.url, 'node.name': name,
        'cluster.secret': `the secret of node ${name} alone` })));
    const ann = await user(two, 'ann');
    const error = await eventually(async () =>
      (await call(one, 'disconnect', { user: 'ann' })).error, 'an error');
    assert.equal(error.code, 100);
    assert.match(error.message, /node two was not asked: .*another secret/);
    assert.equal(ann.centrifuge.state, 'connected');
    assert.ok(one.program.lines.some((line) =>
      line.includes('node not understood') && line.includes('two')));
    const { strangers } = (await one.admin('/api/nodes')).json();
    assert.equal(strangers[0].name, 'two');
    assert.match((await one.admin('/metrics')).text,
      /^rookery_strange_nodes 1$/m);
    ann.hangUp();
  });

  it('names a node of another version, and says so once', async () => {
    const shared = 'the secret of the nodes';
    const { redis, nodes: [one] } = await startCluster(
      { count: 1, settings: { ...settings, 'cluster.secret': shared } });
    const from = { id: 'z1', name: 'zoe', version: '9.9' };
    const say = (body) => {
      const text = `${Date.now()} ${randomBytes(12).toString('base64url')} ${
        JSON.stringify({ from, ...body })}`;
      const signature = createHmac('sha256', shared).update(`\n${text}`)
        .digest('hex');
      return redis.command('PUBLISH', '__rookery:control',
        `${signature} ${text}`);
    };
    const { nodes: [{ id }] } = (await one.admin('/api/nodes')).json();
    await say({ type: 'hello' });
    await say({ type: 'query', id: 1, to: [id], what: { about: 'weather' } });
    await say({ type: 'praise' });
    await say({ type: 'query', id: 2, to: [id], what: [] });
    const told = () => one.log.filter(
      ({ event }) => event === 'node not understood');
    await eventually(() => told().length > 0, 'it is in the log');
    const { silent } = (await one.admin('/api/nodes')).json();
    assert.deepEqual(silent.map(({ name }) => name), ['zoe']);
    const { error } = await call(one, 'disconnect', { user: 'ann' });
    assert.equal(error.code, 100);
    assert.match(error.message, /zoe/);
    assert.deepEqual(told().map(({ node, version }) => [node, version]),
      [['zoe', '9.9']]);
    await say({ type: 'bye' });
    await eventually(async () =>
      (await one.admin('/api/nodes')).json().silent.length === 0, 'it is gone');
  });
});

async function factsOf(node) {
  const { actors } = (await node.admin('/api/actors?kind=cluster')).json();
  return actors[0].facts;
}

describe('the server API', () => {
  let node;

  before(async () => {
    node = await startNode({ ...settings, 'node.loops': 2 });
  });
  after(leaveNothing);

  it('asks for its key', async () => {
    for (const headers of [{}, { 'X-API-Key': 'other' },
      { Authorization: 'apikey other' }, { Authorization: key }]) {
      assert.equal((await ask(node, 'info', {}, headers)).status, 401);
    }
    for (const headers of [{ Authorization: `apikey ${key}` },
      { Authorization: `Bearer ${key}` }]) {
      assert.equal((await ask(node, 'info', {}, headers)).status, 200);
    }
    assert.equal((await node.get('/api/info',
      { headers: { 'X-API-Key': key } })).status, 405);
    assert.equal((await ask(node, 'nothing')).status, 404);
  });

  it('answers a malformed request with an error', async () => {
    for (const [method, body] of [['publish', '{'], ['publish', '[]'],
      ['publish', {}], ['publish', { channel: 'open:a' }],
      ['publish', { channel: '', data: 1 }],
      ['publish', { channel: 7, data: 1 }],
      ['publish', { channel: 'open:a', b64data: '!' }],
      ['publish', { channel: 'open:a', data: 1, tags: { a: 1 } }],
      ['publish', { channel: '__rookery:control', data: 1 }],
      ['broadcast', { channels: [], data: 1 }],
      ['history', { channel: 'kept:a', since: 3 }],
      ['history', { channel: 'kept:a', limit: 'all' }],
      ['subscribe', { user: 'ann' }],
      ['subscribe', { user: 'ann', channel: 'open:a', b64info: '/w==' }],
      ['disconnect', { user: 'ann', disconnect: { code: 1000 } }],
      ['refresh', { user: 'ann', expire_at: 'soon' }],
      ['publish', { channel: 'open:a', data: 1, version: 7 }],
      ['disconnect', { user: 'ann', session: 's' }],
      ['refresh', { user: 'ann', info: {} , b64info: 'e30=' }],
      ['batch', {}]]) {
      const { error } = await call(node, method, body);
      assert.equal(error?.code, 107, `${method} ${JSON.stringify(body)}`);
    }
    assert.equal((await call(node, 'publish',
      { channel: 'nobody:a', data: 1 })).error.code, 102);
  });

  it('carries data as it was written', async () => {
    const deep = `${'['.repeat(128)}${']'.repeat(128)}`;
    const reader = await connect(node,
      `/ws/open:carried?token=${token({ sub: 'ann' })}`);
    for (const data of ['{"t":"hi \\ud83d"}', deep, '{"a":1,"a":1.50}']) {
      assert.deepEqual(await result(node, 'publish',
        `{"channel":"open:carried","data":${data}}`), {});
      assert.equal(await reader.text(), data);
    }
    assert.equal((await call(node, 'publish',
      `{"channel":"open:carried","data":[${deep}]}`)).error.code, 107);
    reader.close();
  });

  it('works without Redis on all loops', async () => {
    const clients = [];
    for (let i = 0; i < 6; ++i) clients.push(await user(node, 'ann'));
    const plain = await connect(node,
      `/ws/open:alone?token=${token({ sub: 'bob' })}`);
    await result(node, 'publish', { channel: 'open:alone', data: { a: 'ä' } });
    assert.deepEqual(await plain.texts(1), ['{"a":"ä"}']);
    const { nodes } = await result(node, 'info');
    assert.equal(nodes.length, 1);
    assert.equal(nodes[0].num_clients, 7);
    await result(node, 'disconnect', { user: 'ann' });
    for (const each of clients) {
      assert.equal((await each.disconnected()).code, 3503);
    }
    await plain.close();
  });
});
