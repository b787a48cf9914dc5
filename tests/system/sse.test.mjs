// Server-sent events: clients that only read get the same channels.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { connect, dial, eventually, leaveNothing, listen, request,
  startCluster, subscribe } from './harness/index.mjs';

describe('GET /sse/{channel}', () => {
  let redis;
  let node;

  before(async () => {
    ({ redis, nodes: [node] } = await startCluster({ count: 1 }));
  });
  after(leaveNothing);

  it('answers as an unbuffered event stream and says when to retry',
    async () => {
      const stream = await subscribe(node, 'form');
      assert.match(stream.headers['content-type'], /^text\/event-stream/);
      assert.match(stream.headers['cache-control'], /no-store|no-cache/);
      assert.equal(stream.headers['x-accel-buffering'], 'no');
      await eventually(() => stream.retry > 0, 'the retry field');
      stream.hangUp();
    });

  it('sends one data line per line of a text', async () => {
    const stream = await subscribe(node, 'lines');
    for (const [text, expected] of [
      ['one', 'one'], ['a\nb', 'a\nb'], ['a\r\nb\rc', 'a\nb\nc'],
      ['a\n\nb\n', 'a\n\nb\n'], [' led by a space', ' led by a space'],
      ['data: x\nevent: y', 'data: x\nevent: y'], ['ä ☂', 'ä ☂'],
    ]) {
      await redis.command('PUBLISH', 'lines', text);
      assert.deepEqual(await stream.next(),
        { event: 'message', data: expected });
    }
    stream.hangUp();
  });

  it('sends binary as an event of its own, in base64', async () => {
    const stream = await subscribe(node, 'bytes');
    const ann = await connect(node, '/ws/bytes');
    const data = Buffer.from([0, 0xff, 10, 13, 0x80, 0x41]);
    ann.send(data);
    assert.deepEqual(await stream.next(),
      { event: 'binary', data: data.toString('base64') });
    stream.hangUp();
    await ann.close();
  });

  it('comments keep a quiet stream alive', async () => {
    const stream = await subscribe(node, 'quiet');
    await stream.comment(20_000);
    assert.deepEqual(stream.events, []);
    stream.hangUp();
  });

  it('tells of a gap with an event of its own', async () => {
    const stream = await subscribe(node, 'gaps');
    await redis.command('CLIENT', 'KILL', 'TYPE', 'pubsub');
    const { event, data } = await stream.next();
    assert.equal(event, 'gap');
    assert.equal(JSON.parse(data).rookery, 'gap');
    await redis.command('PUBLISH', 'gaps', 'again');
    assert.deepEqual(await stream.next(), { event: 'message', data: 'again' });
    stream.hangUp();
  });

  it('refuses names, methods and versions it cannot serve', async () => {
    assert.equal((await listen(node, '')).status, 400);
    assert.equal((await listen(node, '__rookery')).status, 403);
    assert.equal((await listen(node, 'x'.repeat(256))).status, 400);
    const posted = await request(node.port, { method: 'POST', path: '/sse/x' });
    assert.equal(posted.status, 405);
    assert.match(posted.headers.allow, /GET/);
    const old = await dial(node.port);
    old.send('GET /sse/x HTTP/1.0\r\nHost: localhost\r\n\r\n');
    assert.equal((await old.response()).status, 505);
    await old.expectEnd();
  });
});
