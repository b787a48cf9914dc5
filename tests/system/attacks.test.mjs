// Attacks that a node refuses: each costs the attacker its own request only.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { act, ask } from './harness/admin.mjs';
import { startBackend } from './harness/backend.mjs';
import { centrifuge, open, secret, token } from './harness/centrifuge.mjs';
import { binary, connect, eventually, leaveNothing, Program, refusal, release,
  startCluster, startNode, subscribe, toArguments } from './harness/index.mjs';

const shared = 'the secret of the nodes';

function post(node, path, body) {
  return node.admin(path, { method: 'POST', body,
    headers: { 'Content-Type': 'application/json' } });
}

describe('JSON of great depth', () => {
  after(leaveNothing);

  it('is refused before it is read', async () => {
    const node = await startNode({ 'api.key': 'a-key-for-backends' });
    const nested = (depth) => '['.repeat(depth) + ']'.repeat(depth);
    const publish = (depth) => post(node, '/api/publish',
      `{"channel":"deep","data":${nested(depth)}}`);
    assert.equal((await publish(100)).status, 200);
    for (const depth of [129, 100_000]) {
      const answer = await publish(depth);
      assert.equal(answer.status, 400);
      assert.match(answer.text, /nested deeper than 128/);
    }
    const answer = await node.get('/api/publish', { method: 'POST',
      headers: { 'X-API-Key': 'a-key-for-backends' },
      body: `{"channel":"deep","data":${nested(100_000)}}` });
    assert.ok(answer.status === 400 || answer.json().error, answer.text);
    const ann = await connect(node, '/ws/deep');
    ann.send(nested(100_000));
    assert.equal(await ann.text(), nested(100_000));
    await ann.close();
    await release(node);
  });
});

describe('a captured control message', () => {
  after(leaveNothing);

  const settings = { 'cluster.secret': shared, 'token.hmac-secrets': secret };
  const user = (node, name) =>
    centrifuge(node, { token: token({ sub: name }) }).connected();
  const end = (node, name) => act(node, 'disconnect-user', { user: name });

  const control = (prefix) => `${prefix && `${prefix}:`}__rookery:control`;

  /** The messages on the control channel of `prefix` that have `text`. */
  async function capture(redis, prefix, text) {
    const seen = [];
    const spy = await redis.client();
    await spy.subscribe(control(prefix), (message) => {
      if (message.includes(text)) seen.push(message);
    });
    return seen;
  }

  it('is refused by a node that has restarted', async () => {
    const { redis, nodes } = await startCluster({ settings });
    const [one, two] = nodes;
    await eventually(async () =>
      (await ask(one, 'nodes')).nodes.length === 2, 'both are known');
    const captured = await capture(redis, '', '"query"');
    const first = await user(two, 'ann');
    await end(one, 'ann');
    assert.equal((await first.disconnected()).code, 3503);
    const replayed = captured.filter((text) => text.includes('ann'));
    assert.equal(replayed.length, 1);
    await two.stop();
    await two.restart();
    await two.ready();
    await eventually(async () =>
      (await ask(one, 'nodes')).nodes.length === 2, 'both are known again');
    const ann = await user(two, 'ann');
    await redis.command('PUBLISH', control(''), replayed[0]);
    // The command after it is carried out.
    const bob = await user(two, 'bob');
    await end(one, 'bob');
    assert.equal((await bob.disconnected()).code, 3503);
    assert.equal(ann.centrifuge.state, 'connected');
    ann.hangUp();
    for (const each of [...nodes, redis]) await release(each);
  });

  it('is refused by a cluster with another prefix', async () => {
    const { redis, nodes } = await startCluster(
      { settings: { ...settings, 'redis.prefix': 'a' } });
    const other = await startCluster(
      { redis, count: 1, settings: { ...settings, 'redis.prefix': 'b' } });
    const [one, two] = nodes;
    const known = async () => (await ask(one, 'nodes')).nodes.length === 2;
    await eventually(known, 'both are known');
    const captured = await capture(redis, 'a', '"hello"');
    await eventually(() => captured.length > 0, 'a sign of life', 10_000);
    const [third] = other.nodes;
    const facts = async () => (await ask(third, 'actors?kind=cluster'))
      .actors[0].facts;
    const { refused_messages: before } = await facts();
    await redis.command('PUBLISH', control('b'), captured.at(-1));
    await eventually(async () =>
      (await facts()).refused_messages === before + 1, 'it is refused');
    assert.equal((await ask(third, 'nodes')).nodes.length, 1);
    for (const each of [one, two, third, redis]) await release(each);
  });
});

describe('what goes to other clients', () => {
  after(leaveNothing);

  it('has no info that is too large for it', async () => {
    const backend = await startBackend();
    const node = await startNode({ 'hooks.connect': backend.url('/connect'),
      ...open('room', { presence: true }) });
    const grant = (size) => ({ result:
      { user: 'ann', info: { text: 'x'.repeat(size) } } });
    backend.answers['/connect'] = grant(60_000);
    const ann = await centrifuge(node).connected();
    const sub = await ann.subscribe('room:1');
    backend.answers['/connect'] = grant(66_000);
    const eve = centrifuge(node);
    eve.centrifuge.connect();
    await eventually(() => node.log.some(({ event, reason }) =>
      event === 'hook fails' && /info is larger than 64 KiB/.test(reason)),
    'the refusal names the field');
    assert.notEqual(eve.centrifuge.state, 'connected');
    const { clients } = await sub.presence();
    const [info] = Object.values(clients);
    assert.equal(info.user, 'ann');
    assert.equal(info.connInfo.text.length, 60_000);
    eve.hangUp();
    ann.hangUp();
    await release(node);
    await release(backend);
  });

  it('has no epoch that would be more than one line', async () => {
    const { redis, nodes: [node] } = await startCluster({ count: 1 });
    const stream = await subscribe(node, 'news');
    const field = (tag, value) => Buffer.concat(
      [Buffer.from([tag, value.length >> 8, value.length & 255]), value]);
    const offset = Buffer.from([0, 0, 0, 0, 0, 0, 0, 2]);
    const epoch = Buffer.from('x\n\nevent: forged\ndata: forged\n\n');
    const fields = Buffer.concat([field(1, offset), field(2, epoch)]);
    const envelope = Buffer.concat([Buffer.from([0xff]), Buffer.from('RKY'),
      Buffer.from([1, 0, fields.length >> 8, fields.length & 255]), fields,
      Buffer.from('data')]);
    await redis.command('PUBLISH', 'news', envelope);
    await node.publish('news', 'second');
    const told = [await stream.next()];
    while (told.at(-1).data !== 'second') told.push(await stream.next());
    assert.ok(told.every(({ event, data }) =>
      event !== 'forged' && data !== 'forged'), JSON.stringify(told));
    stream.hangUp();
    await release(node);
    await release(redis);
  });
});

describe('a page of another origin', () => {
  after(leaveNothing);

  it('does not act for its visitor, whose cookie the hook gets', async () => {
    const backend = await startBackend();
    backend.answers['/connect'] = { result: { user: 'victim' } };
    const settings = { 'hooks.connect': backend.url('/connect'),
      'hooks.headers': 'X-Client,cookie' };
    const node = await startNode(settings);
    const told = node.log.some(({ event }) => /own origin/.test(event));
    assert.ok(told, 'the start says so');
    const path = '/connection/websocket';
    const page = (origin) => ({ headers: { Origin: origin, Cookie: 'id=1' } });
    assert.equal(await refusal(node, path, page('https://evil.example')), 403);
    const own = page(`http://127.0.0.1:${node.port}`);
    await (await connect(node, path, own)).close();
    await (await connect(node, path, { headers: { Cookie: 'id=1' } })).close();
    const answer = await node.publish('x', 'x', { Origin: 'null' });
    assert.equal(answer.status, 403);
    const open = await startNode(
      { ...settings, 'listen.allowed-origins': '*' });
    await (await connect(open, path, page('https://evil.example'))).close();
    for (const each of [node, open, backend]) await release(each);
  });
});

describe('keys that can be guessed', () => {
  const start = (settings) => new Program(binary(), toArguments(
    { 'listen.port': 0, 'admin.port': 0, ...settings }));

  it('are refused unless node.insecure is set', async () => {
    for (const settings of [{ 'api.key': 'k' }, { 'admin.token': 't' },
      { 'cluster.secret': 'fifteen-letters' },
      { 'token.hmac-secrets': 'fifteen-letters' },
      { 'token.subscription-hmac-secrets': 'kid:a:s' }]) {
      const [key] = Object.keys(settings);
      const refused = start(settings);
      assert.notEqual((await refused.end()).code, 0, key);
      assert.match(refused.tail(), new RegExp(`${key}.*guessed`));
      const insecure = start({ ...settings, 'node.insecure': true });
      await insecure.line((line) => line.includes('admin listening'), 'a start');
      insecure.signal('SIGTERM');
      await insecure.end();
    }
  });
});
