// One address or one client cannot take what the others need.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import WebSocket from 'ws';
import { centrifuge, inSeconds, open, secret, token } from './harness/centrifuge.mjs';
import { connect, dial, dialChannel, eventually, frame, handshake, leaveNothing,
  opcodes, pause, refusal, release, request, startCluster, startNode }
  from './harness/index.mjs';

const from = (address) => ({ headers: { 'X-Forwarded-For': address } });

async function refused(node, limit) {
  const { text } = await node.admin('/metrics');
  const line = text.split('\n').find((each) =>
    each.startsWith(`rookery_limit_refusals_total{limit="${limit}"}`));
  return Number(line.split(' ')[1]);
}

describe('input that is not finished', () => {
  after(leaveNothing);

  it('is bounded in sum, and the oldest is cut', async () => {
    const node = await startNode({ 'node.input-memory': '8MiB' });
    const bystander = await connect(node, '/ws/calm');
    const before = node.residentBytes();
    const half = 'x'.repeat(500_000);
    const frames = [];
    const bodies = [];
    for (let i = 0; i < 60; ++i) {
      const socket = await dial(node.port);
      socket.send(handshake('/ws/flood'));
      assert.equal((await socket.response()).status, 101);
      socket.send(frame(opcodes.text, half, { declared: 1_000_000 }));
      frames.push(socket);
      const body = await dial(node.port);
      body.send('POST /pub/flood HTTP/1.1\r\nHost: x\r\n'
        + `Content-Length: 1000000\r\n\r\n${half}`);
      bodies.push(body);
    }
    assert.equal(await frames[0].closeCode(), 1008);
    assert.equal((await bodies[0].response()).status, 408);
    assert.ok(await refused(node, 'input_memory') > 0);
    const growth = node.residentBytes() - before;
    assert.ok(growth < 32 << 20, `grew by ${growth >> 20} MiB`);
    const last = frames.at(-1);
    assert.equal(last.finished, undefined, 'the newest is not cut');
    bystander.send('served');
    assert.equal(await bystander.text(), 'served');
    for (const each of [...frames, ...bodies]) each.hangUp();
    bystander.hangUp();
    await release(node);
  });

  it('is 64 KiB at most before a client has connected', async () => {
    const node = await startNode({ 'centrifuge.max-message': '1MiB',
      'centrifuge.anonymous': true });
    const stranger = new WebSocket(
      node.socketUrl('/connection/websocket'));
    const closed = new Promise((resolve) => stranger.on('close', resolve));
    stranger.on('error', () => {});
    stranger.on('open', () => stranger.send(JSON.stringify(
      { id: 1, connect: { data: 'x'.repeat(70_000) } })));
    assert.equal(await closed, 1009);
    const ann = await centrifuge(node, { data: 'x'.repeat(60_000) })
      .connected();
    await assert.rejects(ann.centrifuge.rpc('x', 'x'.repeat(200_000)),
      ({ code }) => code === 108);
    ann.hangUp();
    await release(node);
  });

  it('is not read from whoever has no key', async () => {
    const node = await startNode({ 'api.key': 'a-key-for-backends',
      'admin.token': 'a-token-of-operators' });
    for (const [port, path] of [[node.port, '/pub/x'],
      [node.port, '/api/publish'], [node.adminPort, '/api/publish']]) {
      const socket = await dial(port);
      socket.send(`POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n`
        + 'Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n');
      assert.equal((await socket.response()).status, 401, path);
      socket.hangUp();
    }
    const socket = await dial(node.port);
    socket.send('POST /pub/x HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n'
      + 'X-API-Key: a-key-for-backends\r\nExpect: 100-continue\r\n\r\n');
    await eventually(() => socket.bytes.includes('100 Continue'), '100');
    socket.bytes = Buffer.alloc(0);
    socket.send('ab');
    assert.equal((await socket.response()).status, 200);
    socket.hangUp();
    await release(node);
  });
});

describe('an address', () => {
  after(leaveNothing);

  const trusting = { 'listen.trusted-proxies': '127.0.0.1',
    'node.insecure': true };

  it('has a number of connections', async () => {
    const node = await startNode({ 'listen.connections-per-address': 3 });
    const clients = [];
    for (let i = 0; i < 3; ++i) clients.push(await connect(node, '/ws/x'));
    const socket = await dial(node.port);
    socket.send(handshake('/ws/x'));
    const answer = await socket.response();
    assert.equal(answer.status, 429);
    assert.ok(answer.headers['retry-after']);
    assert.equal(await refused(node, 'address_connections'), 1);
    await clients.pop().close();
    await eventually(async () => {
      clients.push(await connect(node, '/ws/x'));
      return true;
    }, 'a place is free again');
    for (const each of clients) each.hangUp();
    socket.hangUp();
    await release(node);
  });

  it('is that of the client behind a trusted proxy', async () => {
    const node = await startNode(
      { ...trusting, 'listen.connections-per-address': 2 });
    const clients = [];
    for (let i = 0; i < 2; ++i) {
      clients.push(await connect(node, '/ws/x', from('192.0.2.1')));
      clients.push(await connect(node, '/ws/x', from(`2001:db8:0:1::${i}`)));
    }
    assert.equal(await refusal(node, '/ws/x', from('192.0.2.1')), 429);
    assert.equal(await refusal(node, '/ws/x', from('2001:db8:0:1::9')), 429);
    assert.equal((await node.get('/sse/x', from('192.0.2.1'))).status, 429);
    clients.push(await connect(node, '/ws/x', from('192.0.2.2')));
    clients.push(await connect(node, '/ws/x', from('2001:db8:0:2::1')));
    await clients.shift().close();
    await eventually(async () => {
      clients.push(await connect(node, '/ws/x', from('192.0.2.1')));
      return true;
    }, 'a place is free again');
    for (const each of clients) each.hangUp();
    await release(node);
  });

  it('has a rate of new connections', async () => {
    const node = await startNode(
      { ...trusting, 'listen.handshakes-per-address': 1 });
    let seen = 0;
    while (seen < 100) {
      ++seen;
      const { status } = await node.get('/sse/%00', from('192.0.2.1'));
      if (status === 429) break;
    }
    assert.ok(seen > 10 && seen < 100, `refused after ${seen}`);
    await (await connect(node, '/ws/x', from('192.0.2.2'))).close();
    assert.ok(await refused(node, 'address_handshakes') > 0);
    await eventually(async () => {
      await (await connect(node, '/ws/x', from('192.0.2.1'))).close();
      return true;
    }, 'it may come back');
    await release(node);
  });

  it('that guesses tokens is refused for a while', async () => {
    const node = await startNode({ ...trusting, 'token.hmac-secrets': secret,
      'listen.bad-tokens-per-address': 1, ...open('room') });
    const guess = (address) => node.get('/sse/room:1?token=guess',
      from(address));
    const good = token({ sub: 'ann' });
    const path = `/ws/room:1?token=${good}`;
    let guesses = 0;
    while ((await guess('192.0.2.1')).status === 401) ++guesses;
    assert.ok(guesses >= 10 && guesses < 100, `${guesses} guesses`);
    await (await connect(node, path, from('192.0.2.2'))).close();
    const late = token({ sub: 'ann', exp: inSeconds(-60) });
    for (let i = 0; i < 20; ++i) {
      const { status } = await node.get(`/sse/room:1?token=${late}`,
        from('192.0.2.3'));
      assert.equal(status, 401);
    }
    await (await connect(node, path, from('192.0.2.3'))).close();
    assert.ok(await refused(node, 'address_tokens') > 0);
    await eventually(async () => {
      await (await connect(node, path, from('192.0.2.1'))).close();
      return true;
    }, 'it may come back');
    await release(node);
  });
});

describe('a user', () => {
  after(leaveNothing);

  it('has a number of connections', async () => {
    const node = await startNode({ 'token.hmac-secrets': secret,
      'listen.connections-per-user': 2, ...open('room') });
    const ann = token({ sub: 'ann' });
    const first = await centrifuge(node, { token: ann }).connected();
    const second = await connect(node, `/ws/room:1?token=${ann}`);
    assert.equal(await refusal(node, `/ws/room:1?token=${ann}`), 429);
    const third = centrifuge(node, { token: ann });
    third.centrifuge.connect();
    await eventually(() => third.sockets.length > 2, 'the SDK tries again');
    const code = await new Promise((resolve) => {
      const raw = new WebSocket(node.socketUrl('/connection/websocket'));
      raw.on('open', () => raw.send(
        JSON.stringify({ id: 1, connect: { token: ann } })));
      raw.on('close', resolve);
      raw.on('error', () => {});
    });
    assert.equal(code, 3013);
    assert.ok(await refused(node, 'user_connections') >= 2);
    const bob = token({ sub: 'bob' });
    const other = await centrifuge(node, { token: bob }).connected();
    await second.close();
    await third.connected();
    for (const each of [first, third, other]) each.hangUp();
    await release(node);
  });

  it('has no more of them while all of them connect', async () => {
    const { redis, nodes: [node] } = await startCluster({ count: 1, settings: {
      'token.hmac-secrets': secret, 'listen.connections-per-user': 5,
      ...open('room') } });
    redis.freeze();
    const asks = frame(opcodes.text, JSON.stringify({ id: 1, connect:
      { token: token({ sub: 'ann', channels: ['room:1'] }) } }));
    const all = [];
    for (let i = 0; i < 20; ++i) {
      all.push(await dialChannel(node, '/connection/websocket'));
      all.at(-1).send(asks);
    }
    redis.thaw();
    const answers = await Promise.all(all.map((client) => client.frame()));
    assert.equal(answers.filter(
      ({ opcode }) => opcode === opcodes.text).length, 5);
    assert.equal(answers.filter(({ opcode, payload }) =>
      opcode === opcodes.close && payload.readUInt16BE(0) === 3013).length, 15);
    for (const each of all) each.hangUp();
    await release(node);
    await release(redis);
  });
});

describe('a trusted proxy', () => {
  after(leaveNothing);

  const address = async (node) =>
    (await node.admin('/api/connections')).json().connections
      .map(({ facts }) => facts.remote_address);

  it('tells the client\'s address, others do not', async () => {
    const node = await startNode(
      { 'listen.trusted-proxies': '127.0.0.1,10.0.0.0/8',
        'node.insecure': true });
    for (const headers of [{ 'X-Forwarded-For': '203.0.113.9, 192.0.2.1' },
      { 'X-Forwarded-For': '192.0.2.1, 10.1.2.3' },
      { Forwarded: 'for=192.0.2.1;proto=https' }]) {
      const ann = await connect(node, '/ws/x', { headers });
      assert.deepEqual(await address(node), ['192.0.2.1']);
      await ann.close();
      await eventually(async () => (await address(node)).length === 0, 'gone');
    }
    const forger = await connect(node, '/ws/x', { headers:
      { 'X-Forwarded-For': '192.0.2.1', Forwarded: 'for=203.0.113.9' } });
    assert.deepEqual(await address(node), ['127.0.0.1']);
    await forger.close();
    await release(node);
    const plain = await startNode();
    const eve = await connect(plain, '/ws/x', from('192.0.2.1'));
    assert.deepEqual(await address(plain), ['127.0.0.1']);
    await eve.close();
    await release(plain);
  });

  it('speaks the PROXY protocol', async () => {
    const node = await startNode({ 'listen.trusted-proxies': '127.0.0.1',
      'listen.proxy-protocol': true, 'node.insecure': true },
    { waitReady: false });
    const v2 = Buffer.concat([Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1'),
      Buffer.from([0x21, 0x11, 0, 12, 192, 0, 2, 1, 127, 0, 0, 1, 1, 1, 0, 80])]);
    for (const header of ['PROXY TCP4 192.0.2.1 127.0.0.1 4711 80\r\n', v2]) {
      const ann = await dial(node.port);
      ann.send(header.subarray ? header.subarray(0, 9) : header.slice(0, 9));
      await pause(20);
      ann.send(header.subarray ? header.subarray(9) : header.slice(9));
      ann.send(handshake('/ws/x'));
      assert.equal((await ann.response()).status, 101);
      assert.deepEqual(await address(node), ['192.0.2.1']);
      ann.hangUp();
      await eventually(async () => (await address(node)).length === 0, 'gone');
    }
    const bare = await dial(node.port);
    bare.send(handshake('/ws/x'));
    await bare.expectEnd('a proxy without a header is closed');
    assert.equal(bare.bytes.length, 0);
    const check = await dial(node.port);
    check.send('PROXY UNKNOWN\r\nGET /ready HTTP/1.1\r\nHost: x\r\n\r\n');
    assert.equal((await check.response()).status, 200);
    check.hangUp();
    node.openAtStart = undefined;
    await release(node);
    const plain = await startNode();
    const eve = await dial(plain.port);
    eve.send('PROXY TCP4 192.0.2.1 127.0.0.1 4711 80\r\n'
      + 'GET /ready HTTP/1.1\r\nHost: x\r\n\r\n');
    assert.ok((await eve.response()).status >= 400, 'it is no request');
    eve.hangUp();
    await release(plain);
  });

  it('makes the node count as reachable', async () => {
    const closed = { 'listen.trusted-proxies': '127.0.0.1',
      'node.insecure': true };
    const node = await startNode(closed);
    const answer = await request(node.port, { method: 'POST', path: '/pub/x',
      body: 'x', ...from('192.0.2.1') });
    assert.equal(answer.status, 403);
    assert.match(answer.text, /api\.key/);
    await release(node);
  });
});
