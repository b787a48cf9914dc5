// Hostile handshakes: each is clearly refused, and the node keeps serving.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { connect, dial, handshake, leaveNothing, pause, startNode, within }
  from './harness/index.mjs';

const many = (count) => Object.fromEntries(
  Array.from({ length: count }, (_, i) => [`X-Field-${i}`, 'x']));

const keyOf = (size) => Buffer.alloc(size).toString('base64');

const refused = [
  ['a wrong version', 426, '/ws/x',
    { headers: { 'Sec-WebSocket-Version': '8' } }],
  ['no version', [400, 426], '/ws/x',
    { headers: { 'Sec-WebSocket-Version': null } }],
  ['no Host', 400, '/ws/x', { headers: { Host: null } }],
  ['two Hosts', 400, '/ws/x', { headers: { Host: ['a', 'b'] } }],
  ['no key', 400, '/ws/x', { headers: { 'Sec-WebSocket-Key': null } }],
  ['a short key', 400, '/ws/x', { headers: { 'Sec-WebSocket-Key': 'AAAA' } }],
  ['a key that is no base64', 400, '/ws/x',
    { headers: { 'Sec-WebSocket-Key': '!!!!!!!!!!!!!!!!!!!!!!==' } }],
  ['a key of 17 bytes', 400, '/ws/x',
    { headers: { 'Sec-WebSocket-Key': keyOf(17) } }],
  ['two keys', 400, '/ws/x', { headers: { 'Sec-WebSocket-Key':
    [keyOf(16), keyOf(16)] } }],
  ['a chunked upgrade', 400, '/ws/x',
    { headers: { 'Transfer-Encoding': 'chunked' } }],
  ['an upgrade with a length', 400, '/ws/x',
    { headers: { 'Content-Length': '0' } }],
  ['HTTP/1.0', 505, '/ws/x', { version: 'HTTP/1.0' }],
  ['HTTP/2.0', 505, '/ws/x', { version: 'HTTP/2.0' }],
  ['POST', 405, '/ws/x', { method: 'POST' }],
  ['no Upgrade', 426, '/ws/x', { headers: { Upgrade: null } }],
  ['another Upgrade', 426, '/ws/x', { headers: { Upgrade: 'h2c' } }],
  ['no Connection: Upgrade', [400, 426], '/ws/x',
    { headers: { Connection: 'keep-alive' } }],
  ['101 header fields', 431, '/ws/x', { headers: many(101) }],
  ['a field of 20 KiB', 431, '/ws/x',
    { headers: { 'X-Long': 'x'.repeat(20480) } }],
  ['a target of 20 KiB', [414, 431], `/ws/${'x'.repeat(20480)}`, {}],
  ['a space in the target', [400, 505], '/ws/a b', {}],
  ['a control character in a field', 400, '/ws/x',
    { headers: { 'X-A': 'a\x01b' } }],
  ['a bad field name', 400, '/ws/x', { headers: { 'X A': 'b' } }],
  ['an unknown path', 404, '/nothing', {}],
  ['a path beyond the channel', [400, 404], '/ws/x/y', {}],
  ['no channel', 400, '/ws/', {}],
  ['a NUL in the name', 400, '/ws/%00', {}],
  ['a name that is no UTF-8', 400, '/ws/%ff', {}],
  ['a bad escape', 400, '/ws/%zz', {}],
  ['a cut escape', 400, '/ws/abc%2', {}],
  ['a control character in the name', 400, '/ws/a%0ab', {}],
  ['a name of 256 bytes', 400, `/ws/${'x'.repeat(256)}`, {}],
  ['a reserved name', 403, '/ws/__x', {}],
  ['a hidden reserved name', 403, '/ws/%5f%5fx', {}],
  ['a bad notices tag', 400, '/ws/x?notices=not-a-tag', {}],
  ['an empty notices tag', 400, '/ws/x?notices=', {}],
  ['a notices tag of 33', 400, `/ws/x?notices=${'a'.repeat(33)}`, {}],
];

describe('a hostile handshake', () => {
  let node;
  let witness;

  before(async () => {
    node = await startNode({ 'listen.handshake-timeout': '2s' });
    witness = await connect(node, '/ws/witness');
  });
  afterEach(async () => {
    witness.send('still there');
    assert.equal(await witness.text(3_000), 'still there');
  });
  after(leaveNothing);

  for (const [what, status, target, options] of refused) {
    it(`${what} gets ${status} and the end`, async () => {
      const connection = await dial(node.port);
      connection.send(handshake(target, options));
      const answer = await connection.response();
      assert.ok([status].flat().includes(answer.status),
        `${answer.status}: ${answer.text}`);
      if (answer.status === 426) {
        assert.equal(answer.headers['sec-websocket-version'], '13');
      }
      connection.socket.end();
      await connection.expectEnd();
    });
  }

  it('that is not HTTP is refused', async () => {
    for (const bytes of ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
      'hello\r\n\r\n', '\r\n'.repeat(200), '\0'.repeat(100)]) {
      const connection = await dial(node.port);
      connection.send(Buffer.from(bytes, 'latin1'));
      await connection.expectEnd('the end of what is not HTTP', 6_000);
      assert.doesNotMatch(connection.bytes.toString('latin1'),
        /^HTTP\/1.1 [123]/);
    }
  });

  it('that is silent, half sent or dripping is cut', async () => {
    const silent = await dial(node.port);
    const half = await dial(node.port);
    half.send(handshake('/ws/x').slice(0, 60));
    const dripping = await dial(node.port);
    const text = handshake('/ws/x', { headers: many(40) });
    let at = 0;
    const drip = setInterval(() => dripping.send(text[at++]), 200);
    try {
      await within(Promise.all([silent.ended, half.ended, dripping.ended]),
        'all three are cut', 6_000);
    } finally {
      clearInterval(drip);
    }
  });

  it('by the hundreds does not delay a good one', async () => {
    const slow = [];
    for (let i = 0; i < 300; ++i) {
      const connection = await dial(node.port);
      connection.send('GET /ws/x HTTP/1.1\r\nHost: a\r\n');
      slow.push(connection);
    }
    const start = Date.now();
    const ann = await connect(node, '/ws/good');
    ann.send('quick');
    assert.equal(await ann.text(), 'quick');
    assert.ok(Date.now() - start < 1_000, `${Date.now() - start} ms`);
    await ann.close();
    await within(Promise.all(slow.map(({ ended }) => ended)), 'the cut', 8_000);
  });

  it('sent in pieces is still a good one', async () => {
    const connection = await dial(node.port);
    for (const piece of handshake('/ws/x').match(/[^]{1,7}/g)) {
      connection.send(piece);
      await pause(2);
    }
    assert.equal((await connection.response()).status, 101);
    connection.hangUp();
  });
});
