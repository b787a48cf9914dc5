// The HTTP half: publishing, health, and requests of foreign pages.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, describe, it } from 'node:test';
import { connect, dial, eventually, leaveNothing, refusal, release, request,
  startNode, startRedis } from './harness/index.mjs';

describe('a load balancer of the older kind', () => {
  after(leaveNothing);

  it('may ask in HTTP/1.0 and without a host', async () => {
    const node = await startNode({ 'api.key': 'open-sesame-to-backends' });
    const body = '{"channel":"a","data":1}';
    for (const [text, status] of [
      ['GET /ready HTTP/1.0\r\n\r\n', 200],
      ['GET /health HTTP/1.0\r\n\r\n', 200],
      ['POST /api/publish HTTP/1.0\r\nX-API-Key: open-sesame-to-backends\r\n'
        + `Content-Length: ${body.length}\r\n\r\n${body}`, 200],
      ['GET /ws/x HTTP/1.0\r\nHost: x\r\n\r\n', 505],
      ['GET /ready HTTP/1.1\r\n\r\n', 400],
    ]) {
      const old = await dial(node.port);
      old.send(text);
      assert.equal((await old.response()).status, status, text);
      await old.expectEnd();
    }
    await release(node);
  });

  it('is told when its request is late', async () => {
    const node = await startNode({ 'listen.handshake-timeout': '1s' });
    const slow = await dial(node.port);
    slow.send('POST /pub/x HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n1');
    assert.equal((await slow.response()).status, 408);
    await slow.expectEnd();
    await release(node);
  });
});

describe('POST /pub/{channel}', () => {
  let redis;
  let node;
  const key = { Authorization: 'Bearer open-sesame-to-backends' };

  before(async () => {
    redis = await startRedis();
    node = await startNode({ 'redis.url': redis.url,
      'api.key': 'open-sesame-to-backends', 'listen.max-message': 1024 });
  });
  after(leaveNothing);

  it('answers 200 once the bus has the message', async () => {
    const ann = await connect(node, '/ws/news');
    assert.equal((await node.publish('news', 'hello', key)).status, 200);
    assert.equal(await ann.text(), 'hello');
    const other = { 'X-API-Key': 'open-sesame-to-backends' };
    assert.equal((await node.publish('news', 'again', other)).status, 200);
    assert.equal(await ann.text(), 'again');
    await ann.close();
  });

  it('takes a chunked body, an empty one, and binary', async () => {
    const ann = await connect(node, '/ws/forms');
    const pieces = ['in ', 'two'];
    assert.equal((await node.publish('forms', pieces, key)).status, 200);
    assert.equal(await ann.text(), 'in two');
    assert.equal((await node.publish('forms', '', key)).status, 200);
    assert.equal(await ann.text(), '');
    const bytes = Buffer.from([0xff, 0, 0x52]);
    assert.equal((await node.publish('forms', bytes, key)).status, 200);
    assert.deepEqual(await ann.binary(), bytes);
    await ann.close();
  });

  it('serves many publications on one connection', async () => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    let connections = 0;
    agent.on('free', (socket) => { socket.counted ??= ++connections; });
    for (let i = 0; i < 20; ++i) {
      const { status } = await node.get('/pub/many',
        { method: 'POST', body: `${i}`, headers: key, agent });
      assert.equal(status, 200);
    }
    assert.equal(connections, 1);
    agent.destroy();
  });

  it('needs the key', async () => {
    for (const headers of [{}, { Authorization: 'Bearer wrong' },
      { 'X-API-Key': 'open-sesame-to-backends x' }, { Authorization: 'open-sesame-to-backends' }]) {
      assert.equal((await node.publish('news', 'x', headers)).status, 401);
    }
  });

  it('refuses what is too large, badly named or reserved', async () => {
    const status = async (path, body) => (await request(node.port,
      { method: 'POST', path, body, headers: key })).status;
    assert.equal(await status('/pub/x', 'x'.repeat(1024)), 200);
    assert.equal(await status('/pub/x', 'x'.repeat(1025)), 413);
    const pieces = ['x'.repeat(800), 'x'.repeat(800)];
    assert.equal(await status('/pub/x', pieces), 413);
    for (const name of ['', '%00', '%ff', '%zz', '%1f', '%c2%85',
      'x'.repeat(256)]) {
      assert.equal(await status(`/pub/${name}`, 'x'), 400, name);
    }
    assert.equal(await status('/pub/__rookery', 'x'), 403);
  });

  it('says 503 while Redis is away, and 200 again after', async () => {
    const own = await startRedis();
    const alone = await startNode({ 'redis.url': own.url });
    await own.kill();
    await eventually(async () => {
      const answer = await alone.publish('x', 'x');
      return answer.status === 503 && /refused|unknown/.test(answer.text);
    }, '503 while Redis is away');
    assert.match((await alone.publish('x', 'x')).text, /refused/);
    await own.start();
    await eventually(async () => (await alone.publish('x', 'x')).status === 200,
      'publications pass again', 5_000);
    await release(alone);
    await release(own);
  });

  it('knows its paths and methods', async () => {
    assert.equal((await node.get('/health')).status, 200);
    assert.equal((await node.get('/ready')).status, 200);
    assert.equal((await node.get('/nothing')).status, 404);
    assert.equal((await node.get('/')).status, 404);
    for (const [method, path, allow] of [['GET', '/pub/x', /POST/],
      ['POST', '/health', /GET/], ['DELETE', '/ready', /GET/],
      ['POST', '/ws/x', /GET/], ['PUT', '/sse/x', /GET/]]) {
      const answer = await node.get(path, { method });
      assert.equal(answer.status, 405, `${method} ${path}`);
      assert.match(answer.headers.allow, allow);
    }
  });
});

describe('listen.allowed-origins', () => {
  const friend = { Origin: 'https://app.example' };
  const stranger = { Origin: 'https://evil.example' };
  let open;
  let strict;

  before(async () => {
    open = await startNode();
    strict = await startNode(
      { 'listen.allowed-origins': 'https://app.example' });
  });
  after(leaveNothing);

  it('unset, lets every page in', async () => {
    const answer = await open.publish('x', 'x', stranger);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['access-control-allow-origin'], '*');
    const ann = await connect(open, '/ws/x', { headers: stranger });
    await ann.close();
  });

  it('set, names the page that may and refuses others', async () => {
    const answer = await strict.publish('x', 'x', friend);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['access-control-allow-origin'], friend.Origin);
    assert.match(answer.headers.vary, /Origin/i);
    assert.equal((await strict.publish('x', 'x')).status, 200);
    assert.equal((await strict.publish('x', 'x', stranger)).status, 403);
    const stream = await strict.get('/sse/x', { headers: stranger });
    assert.equal(stream.status, 403);
    assert.equal(await refusal(strict, '/ws/x', { headers: stranger }), 403);
    const ann = await connect(strict, '/ws/x', { headers: friend });
    await ann.close();
  });

  it('answers a preflight', async () => {
    const ask = (headers) => strict.get('/pub/x', { method: 'OPTIONS',
      headers: { 'Access-Control-Request-Method': 'POST', ...headers } });
    const granted = await ask(friend);
    assert.equal(granted.status, 204);
    assert.match(granted.headers['access-control-allow-methods'], /POST/);
    assert.match(granted.headers['access-control-allow-headers'],
      /authorization/i);
    const denied = await ask(stranger);
    assert.equal(denied.headers['access-control-allow-origin'], undefined);
  });
});
