// A backend decides about connects, subscribes and publishes, and answers rpc.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import WebSocket from 'ws';
import { startBackend } from './harness/backend.mjs';
import { centrifuge, dataOf, inSeconds, secret, token, told }
  from './harness/centrifuge.mjs';
import { eventually, leaveNothing, startNode, within }
  from './harness/index.mjs';

const connected = (more = {}) => ({ result: { user: 'ann', ...more } });

describe('a backend', () => {
  let backend;
  let node;

  before(async () => {
    backend = await startBackend();
    node = await startNode({
      'node.loops': 1,
      'listen.ping-interval': '300ms',
      'token.hmac-secrets': secret,
      'hooks.connect': backend.url('/connect'),
      'hooks.refresh': backend.url('/refresh'),
      'hooks.subscribe': backend.url('/subscribe'),
      'hooks.publish': backend.url('/publish'),
      'hooks.rpc': backend.url('/rpc'),
      'hooks.timeout': '1s',
      'hooks.concurrency': 2,
      'hooks.queue': 3,
      'hooks.headers': 'Cookie,X-Client',
      'namespace.asked.hook-subscribe': true,
      'namespace.asked.hook-publish': true,
      'namespace.open.allow-subscribe': true,
    });
  });
  after(leaveNothing);

  const clients = [];
  const client = (options) => {
    const result = centrifuge(node, options);
    clients.push(result);
    return result;
  };
  const ann = (options) => {
    backend.answers['/connect'] = connected();
    return client(options).connected();
  };

  afterEach(() => {
    for (const each of clients.splice(0)) each.hangUp();
    backend.release();
    backend.answers = {};
    backend.asked = [];
    backend.mostAtOnce = 0;
  });

  it('lets clients in', async () => {
    backend.answers['/connect'] = connected({
      info: { i: 1 }, data: { hello: 'ä' }, meta: { secret: 1 },
      subs: { 'open:a': {}, 'open:b': { data: [2] } },
    });
    const one = client({ data: { key: 1 }, name: 'tester' });
    const subscribed = [];
    one.centrifuge.on('subscribed', ({ channel, data }) => {
      subscribed.push([channel, data]);
    });
    let welcome;
    one.centrifuge.on('connected', (what) => { welcome = what; });
    await one.connected();
    assert.deepEqual(welcome.data, { hello: 'ä' });
    assert.deepEqual(subscribed.sort(),
      [['open:a', undefined], ['open:b', [2]]]);
    const [{ headers, body }] = backend.questions('/connect');
    assert.equal(headers['content-type'], 'application/json');
    assert.equal(headers.host, `127.0.0.1:${backend.port}`);
    assert.deepEqual(body, {
      client: welcome.client, transport: 'websocket', protocol: 'json',
      encoding: 'json', name: 'tester', data: { key: 1 },
    });
    await one.centrifuge.rpc('m', null);
    assert.deepEqual(backend.questions('/rpc')[0].body.meta, { secret: 1 });
  });

  it('is not asked about tokens', async () => {
    await client({ token: token({ sub: 'bob' }) }).connected();
    assert.equal(backend.questions('/connect').length, 0);
  });

  it('keeps clients out with an error or a close', async () => {
    backend.answers['/connect'] = { error: { code: 1000, message: 'no' } };
    const one = client();
    one.centrifuge.connect();
    assert.equal((await one.disconnected()).code, 1000);
    backend.answers['/connect'] = {
      disconnect: { code: 4501, reason: 'banned' } };
    const two = client();
    two.centrifuge.connect();
    const { code, reason } = await two.disconnected();
    assert.deepEqual({ code, reason }, { code: 4501, reason: 'banned' });
  });

  it('prolongs connections and ends them', async () => {
    backend.answers['/connect'] = connected({ expire_at: inSeconds(2) });
    let count = 0;
    backend.answers['/refresh'] = () => {
      count += 1;
      if (count === 1) return { result: { expire_at: inSeconds(2) } };
      return { disconnect: { code: 4999, reason: 'over' } };
    };
    const one = await client().connected();
    const { code } = await one.disconnected();
    assert.equal(code, 4999);
    const questions = backend.questions('/refresh');
    assert.equal(questions.length, 2);
    assert.equal(questions[0].body.user, 'ann');
    assert.equal(one.events.filter((each) => each.event === 'connected').length,
      1);
  });

  it('lets a connection expire, which comes back', async () => {
    backend.answers['/connect'] = connected({ expire_at: inSeconds(2) });
    backend.answers['/refresh'] = { result: { expired: true } };
    const one = await client().connected();
    await eventually(() => one.events.some((each) => each.code === 3005),
      'the end of the connection');
    await backend.isAsked('/connect', 2);
  });

  it('lets clients into channels', async () => {
    const one = await ann();
    backend.answers['/subscribe'] = { result: { data: { d: 1 } } };
    const sub = await one.subscribe('asked:a', { data: { want: 1 } });
    assert.deepEqual((await told(sub, 'subscribed')).data, { d: 1 });
    const { body } = backend.questions('/subscribe')[0];
    assert.equal(body.channel, 'asked:a');
    assert.equal(body.user, 'ann');
    assert.deepEqual(body.data, { want: 1 });
  });

  it('keeps clients out of channels', async () => {
    const one = await ann();
    backend.answers['/subscribe'] = { error: { code: 403, message: 'no' } };
    const sub = one.centrifuge.newSubscription('asked:a');
    const ended = new Promise((resolve) => sub.on('unsubscribed', resolve));
    sub.subscribe();
    assert.equal((await within(ended, 'a refusal')).code, 403);
    backend.answers['/subscribe'] = {
      disconnect: { code: 4000, reason: 'come back' } };
    backend.answers['/connect'] = {
      disconnect: { code: 4500, reason: 'not you' } };
    sub.subscribe();
    assert.equal((await one.disconnected()).code, 4500);
    assert.ok(one.events.some(({ event, code, reason }) =>
      event === 'connecting' && code === 4000 && reason === 'come back'));
  });

  it('judges and changes publications', async () => {
    const one = await ann();
    const sub = await one.subscribe('asked:a');
    backend.answers['/publish'] = ({ data }) => {
      if (data.bad) return { error: { code: 400, message: 'bad' } };
      return { result: data.plain ? {} : { data: { ...data, seen: true } } };
    };
    await sub.publish({ n: 1 });
    await assert.rejects(sub.publish({ bad: true }), { code: 400 });
    await sub.publish({ n: 2, plain: true });
    assert.deepEqual(await dataOf(sub, 2),
      [{ n: 1, seen: true }, { n: 2, plain: true }]);
    assert.equal(sub.seen[0].info.user, 'ann');
  });

  it('keeps the order of publications', async () => {
    const one = await ann();
    const sub = await one.subscribe('asked:a');
    const numbers = Array.from({ length: 20 }, (_, i) => i);
    await Promise.all(numbers.map((n) => sub.publish({ n })));
    assert.deepEqual((await dataOf(sub, 20)).map(({ n }) => n), numbers);
  });

  it('answers rpc', async () => {
    const one = await ann();
    backend.answers['/rpc'] = ({ method, data }) =>
      ({ result: { data: { method, data } } });
    const { data } = await one.centrifuge.rpc('sum', [1, 2]);
    assert.deepEqual(data, { method: 'sum', data: [1, 2] });
    backend.answers['/rpc'] = { error: { code: 1999, message: 'mine' } };
    await assert.rejects(one.centrifuge.rpc('sum'),
      { code: 1999, message: 'mine' });
    backend.answers['/rpc'] = { text: '{"result":{"data":{' };
    await assert.rejects(one.centrifuge.rpc('sum'), { code: 100 });
    backend.answers['/rpc'] = { status: 503 };
    await assert.rejects(one.centrifuge.rpc('sum'), { code: 100 });
    backend.answers['/rpc'] = { disconnect: { code: 4700, reason: 'out' } };
    one.centrifuge.rpc('sum').catch(() => {});
    const { code, reason } = await one.disconnected();
    assert.deepEqual({ code, reason }, { code: 4700, reason: 'out' });
  });

  it('is told of some header fields', async () => {
    const headers = { Cookie: 'session=1', 'X-Client': 'c', 'X-Other': 'o' };
    const one = await ann({
      websocket: class extends WebSocket {
        constructor(url, protocols) {
          super(url, protocols, { headers });
        }
      },
    });
    await one.centrifuge.rpc('m');
    for (const path of ['/connect', '/rpc']) {
      const [question] = backend.questions(path);
      assert.equal(question.headers.cookie, 'session=1');
      assert.equal(question.headers['x-client'], 'c');
      assert.equal(question.headers['x-other'], undefined);
    }
  });

  it('is not asked too much at once', async () => {
    const one = await ann();
    backend.isSlow = true;
    const calls = Array.from({ length: 8 }, (_, i) =>
      one.centrifuge.rpc('m', i).then(() => 'good', ({ code }) => code));
    await backend.isAsked('/rpc', 2);
    // Two are under way and three wait: the others are refused at once.
    assert.deepEqual(await Promise.all(calls.slice(5)), [111, 111, 111]);
    backend.release();
    assert.deepEqual(await Promise.all(calls.slice(0, 5)),
      Array(5).fill('good'));
    assert.equal(backend.mostAtOnce, 2);
    // Two that are on their way together arrive in any order.
    const asked = backend.questions('/rpc').map(({ body }) => body.data);
    assert.deepEqual(asked.slice(0, 2).sort(), [0, 1]);
    assert.deepEqual(asked.sort(), [0, 1, 2, 3, 4]);
  });

  it('may be too slow', async () => {
    const one = await ann();
    backend.isSlow = true;
    await assert.rejects(one.centrifuge.rpc('m'), { code: 100 });
    backend.release();
    await one.centrifuge.rpc('m');
  });

  it('may be down and come back', async () => {
    const one = await ann();
    const quiet = client();
    await backend.stop();
    await assert.rejects(one.centrifuge.rpc('m'), { code: 100 });
    await assert.rejects(one.centrifuge.publish('asked:a', 1), { code: 100 });
    quiet.centrifuge.connect();
    const sub = one.centrifuge.newSubscription('asked:a',
      { minResubscribeDelay: 50, maxResubscribeDelay: 100 });
    const errors = [];
    sub.on('error', ({ error }) => errors.push(error.code));
    sub.subscribe();
    await eventually(() => errors.length > 1, 'a client that tries again');
    assert.equal(errors[0], 100);
    await backend.restart();
    backend.answers['/connect'] = connected();
    await within(sub.ready(), 'a subscription');
    await within(quiet.centrifuge.ready(), 'a connection');
    const fails = node.log.filter(({ event }) => event === 'hook fails');
    assert.ok(fails.length > 0);
    assert.ok(fails.length < 10, `${fails.length} lines`);
    await eventually(() => node.log.some(
      ({ event }) => event === 'hook works again'), 'the end of the outage');
  });

  it('may be gone while clients go', async () => {
    const one = await ann();
    backend.isSlow = true;
    one.centrifuge.rpc('m').catch(() => {});
    const two = client();
    two.centrifuge.connect();
    await backend.isAsked('/rpc');
    await backend.isAsked('/connect', 2);
    one.cut();
    two.cut();
    one.hangUp();
    two.hangUp();
    backend.release();
    await (await ann()).centrifuge.rpc('m');
  });
});

describe('a node that stops', () => {
  after(leaveNothing);

  it('does not wait for its backend', async () => {
    const backend = await startBackend();
    const node = await startNode({
      'hooks.rpc': backend.url('/rpc'),
      'hooks.timeout': '20s',
      'centrifuge.anonymous': true,
    });
    const one = await centrifuge(node).connected();
    backend.isSlow = true;
    one.centrifuge.rpc('m').catch(() => {});
    await backend.isAsked('/rpc');
    await node.stop();
    one.hangUp();
  });
});
