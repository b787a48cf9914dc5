// RFC 6455 by hand: every violation gets its close code, at once.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { closeFrame, connect, dialChannel, frame, leaveNothing, opcodes,
  startNode } from './harness/index.mjs';

const { continuation, text, binary, close, ping, pong } = opcodes;
const part = (opcode, payload, options) =>
  frame(opcode, payload, { fin: false, ...options });

const violations = [
  ['an unmasked frame', 1002, [frame(text, 'x', { masked: false })]],
  ['a reserved bit', 1002, [frame(text, 'x', { reserved: 4 })]],
  ['another reserved bit', 1002, [frame(ping, 'x', { reserved: 1 })]],
  ['a reserved data opcode', 1002, [frame(3, 'x')]],
  ['a reserved control opcode', 1002, [frame(11, 'x')]],
  ['a fragmented ping', 1002, [part(ping, 'x')]],
  ['a ping of 126 bytes', 1002, [frame(ping, 'x'.repeat(126))]],
  ['a continuation of nothing', 1002, [frame(continuation, 'x')]],
  ['a message inside a message', 1002, [part(text, 'x'), frame(text, 'y')]],
  ['text that is not UTF-8', 1007, [frame(text, Buffer.from([0xc3, 0x28]))]],
  ['text that ends inside a character', 1007,
    [frame(text, Buffer.from([0xe2, 0x98]))]],
  ['text that went wrong in its first fragment', 1007,
    [part(text, Buffer.from([0x61, 0xff]))]],
  ['split text that ends inside a character with an empty frame', 1007,
    [part(text, Buffer.from([0xe2, 0x98])), frame(continuation)]],
  ['a surrogate', 1007, [frame(text, Buffer.from([0xed, 0xa0, 0x80]))]],
  ['a message over the limit', 1009, [frame(text, 'x'.repeat(65537))]],
  ['fragments over the limit', 1009,
    [part(text, 'x'.repeat(40000)), frame(continuation, 'x'.repeat(40000))]],
  ['a declared length of 2^62', 1009,
    [frame(binary, '', { declared: 2n ** 62n })]],
  ['a declared length of 2^63', [1002, 1009],
    [frame(binary, '', { declared: 2n ** 63n })]],
  ['a close frame of one byte', 1002, [frame(close, 'x')]],
  ['a close reason that is not UTF-8', [1002, 1007],
    [closeFrame(1000, Buffer.from([0xff]))]],
  ['a flood of empty fragments', [1002, 1008],
    [part(text), ...Array.from({ length: 2000 }, () => part(continuation))]],
];

describe('frames by hand', () => {
  let node;
  let witness;

  before(async () => {
    node = await startNode({ 'listen.max-message': 65536 });
    witness = await connect(node, '/ws/witness');
  });
  afterEach(async () => {
    witness.send('still there');
    assert.equal(await witness.text(3_000), 'still there');
  });
  after(leaveNothing);

  for (const [what, code, frames] of violations) {
    it(`${what} is closed with ${code}`, async () => {
      const connection = await dialChannel(node, '/ws/x');
      connection.send(Buffer.concat(frames));
      const told = await connection.closeCode(3_000);
      assert.ok([code].flat().includes(told), `closed with ${told}`);
      connection.socket.end();
      await connection.expectEnd();
    });
  }

  for (const code of [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000,
    65535]) {
    it(`the close code ${code} is a violation`, async () => {
      const connection = await dialChannel(node, '/ws/x');
      connection.send(closeFrame(code));
      assert.equal(await connection.closeCode(3_000), 1002);
      await connection.expectEnd();
    });
  }

  for (const code of [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011,
    3000, 4999]) {
    it(`the close code ${code} is echoed`, async () => {
      const connection = await dialChannel(node, '/ws/x');
      connection.send(closeFrame(code, 'good bye'));
      assert.equal(await connection.closeCode(3_000), code);
      await connection.expectEnd();
    });
  }

  it('a close frame without a code is answered', async () => {
    const connection = await dialChannel(node, '/ws/x');
    connection.send(frame(close));
    assert.ok([1000, 1005].includes(await connection.closeCode()));
    await connection.expectEnd();
  });

  it('a ping comes back as a pong, also inside a message', async () => {
    const connection = await dialChannel(node, '/ws/ping');
    const payload = 'p'.repeat(125);
    connection.send(Buffer.concat([part(text, 'in '), frame(ping, payload),
      frame(pong, 'unasked'), frame(continuation, 'two')]));
    const seen = [await connection.frame(), await connection.frame()];
    const answer = seen.find(({ opcode }) => opcode === pong);
    assert.equal(answer.payload.toString(), payload);
    const message = seen.find(({ opcode }) => opcode === text);
    assert.equal(message.payload.toString(), 'in two');
    connection.hangUp();
  });

  it('characters may be split between fragments', async () => {
    const connection = await dialChannel(node, '/ws/split');
    const bytes = Buffer.from('a☂b');
    connection.send(Buffer.concat([part(text, bytes.subarray(0, 2)),
      part(continuation, bytes.subarray(2, 3)), part(continuation),
      part(continuation, bytes.subarray(3)), frame(continuation)]));
    const { opcode, payload, fin } = await connection.frame();
    assert.deepEqual([opcode, payload.toString(), fin], [text, 'a☂b', true]);
    connection.hangUp();
  });

  it('bytes that come one by one make the same message', async () => {
    const connection = await dialChannel(node, '/ws/bytes');
    for (const byte of frame(binary, 'one by one')) {
      connection.send(Buffer.from([byte]));
    }
    assert.equal((await connection.frame()).payload.toString(), 'one by one');
    connection.hangUp();
  });

  it('data behind a close frame is ignored', async () => {
    const ann = await connect(node, '/ws/after');
    const connection = await dialChannel(node, '/ws/after');
    connection.send(Buffer.concat([frame(text, 'before'), closeFrame(1000),
      frame(text, 'behind')]));
    assert.equal(await connection.closeCode(), 1000);
    await connection.expectEnd();
    ann.send('later');
    assert.deepEqual(await ann.texts(2), ['before', 'later']);
    await ann.close();
  });
});
