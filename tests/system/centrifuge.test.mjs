// Released clients of the Centrifuge protocol work as with Centrifugo.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { centrifuge, dataOf, inSeconds, open, secret, token, told }
  from './harness/centrifuge.mjs';
import { connect, eventually, leaveNothing, refusal, startNode, upTo }
  from './harness/index.mjs';

const settings = {
  'node.loops': 1,
  'token.hmac-secrets': secret,
  'centrifuge.anonymous': true,
  ...open('open', { 'allow-anonymous': true }),
  ...open('seen', { presence: true, 'join-leave': true }),
  ...open('kept', { 'history-size': 100, 'history-ttl': '1min' }),
  'namespace.closed.presence': false,
};

describe('clients of the Centrifuge protocol', () => {
  let node;

  before(async () => {
    node = await startNode(settings);
  });
  after(leaveNothing);

  const user = (name, more = {}) => centrifuge(node,
    { token: token({ sub: name, ...more }) }).connected();

  it('publish and subscribe', async () => {
    const ann = await user('ann', { info: { n: 1 } });
    const bob = await centrifuge(node).connected();
    const heard = await bob.subscribe('open:a');
    await ann.centrifuge.publish('open:a', { x: 'ä\n' });
    await ann.centrifuge.publish('open:a', 2);
    assert.deepEqual(await dataOf(heard, 2), [{ x: 'ä\n' }, 2]);
    assert.equal(heard.seen[0].info.user, 'ann');
    assert.deepEqual(heard.seen[0].info.connInfo, { n: 1 });
    heard.unsubscribe();
    const again = await bob.subscribe('open:b');
    await ann.centrifuge.publish('open:a', 3);
    await ann.centrifuge.publish('open:b', 4);
    assert.deepEqual(await dataOf(again, 1), [4]);
    assert.equal(heard.seen.length, 2);
    ann.hangUp();
    bob.hangUp();
  });

  it('share channels with the plain protocol', async () => {
    const ann = await centrifuge(node).connected();
    const heard = await ann.subscribe('open:plain');
    const bob = await connect(node, '/ws/open:plain');
    bob.send('just "text"');
    bob.send('{"a":1}');
    assert.deepEqual(await dataOf(heard, 2), ['just "text"', { a: 1 }]);
    await ann.centrifuge.publish('open:plain', [1]);
    assert.deepEqual(await bob.texts(3), ['just "text"', '{"a":1}', '[1]']);
    await bob.close();
    ann.hangUp();
  });

  it('may not do everything', async () => {
    const ann = await user('ann');
    await assert.rejects(ann.centrifuge.publish('closed:a', 1), { code: 103 });
    await assert.rejects(ann.centrifuge.publish('nobody:a', 1), { code: 102 });
    await assert.rejects(ann.centrifuge.history('open:a'), { code: 108 });
    await assert.rejects(ann.centrifuge.rpc('method', {}), { code: 108 });
    const sub = ann.centrifuge.newSubscription('closed:a');
    sub.subscribe();
    await assert.rejects(sub.ready());
    assert.equal(sub.state, 'unsubscribed');
    ann.hangUp();
  });

  it('see the clients of a channel', async () => {
    const ann = await user('ann');
    const bob = await user('bob');
    const watch = await ann.subscribe('seen:a', { joinLeave: true });
    const sub = await bob.subscribe('seen:a');
    await eventually(() => watch.told.some(
      ({ event, info }) => event === 'join' && info.user === 'bob'), 'a join');
    const { clients } = await ann.centrifuge.presence('seen:a');
    assert.deepEqual(
      Object.values(clients).map((info) => info.user).sort(), ['ann', 'bob']);
    const stats = await watch.presenceStats();
    assert.deepEqual([stats.numClients, stats.numUsers], [2, 2]);
    sub.unsubscribe();
    assert.equal((await told(watch, 'leave')).info.user, 'bob');
    ann.hangUp();
    bob.hangUp();
  });

  it('read the history', async () => {
    const ann = await user('ann');
    for (const data of [1, 2, 3]) await ann.centrifuge.publish('kept:h', data);
    const page = await ann.centrifuge.history('kept:h',
      { limit: 2, since: { offset: 1 } });
    assert.deepEqual(page.publications.map(({ data }) => data), [2, 3]);
    assert.equal(page.offset, 3);
    const back = await ann.centrifuge.history('kept:h',
      { limit: 1, reverse: true });
    assert.deepEqual(back.publications.map(({ offset }) => offset), [3]);
    ann.hangUp();
  });

  it('get what they missed while they were away', async () => {
    const ann = await user('ann');
    const bob = await user('bob');
    const sub = await ann.subscribe('kept:r', { recoverable: true });
    let sent = 0;
    for (let round = 1; round <= 5; ++round) {
      await bob.centrifuge.publish('kept:r', ++sent);
      await dataOf(sub, sent);
      ann.cut();
      for (let i = 0; i < 3; ++i) {
        await bob.centrifuge.publish('kept:r', ++sent);
      }
      await dataOf(sub, sent);
    }
    assert.deepEqual(await dataOf(sub, sent), upTo(sent));
    assert.ok(sub.told.some(({ wasRecovering, recovered }) =>
      wasRecovering && recovered));
    ann.hangUp();
    bob.hangUp();
  });

  it('are subscribed by their token', async () => {
    const ann = centrifuge(node,
      { token: token({ sub: 'ann', channels: ['closed:mine'] }) });
    const seen = [];
    ann.centrifuge.on('publication', (what) => seen.push(what));
    await ann.connected();
    assert.equal((await node.publish('closed:mine', '7')).status, 200);
    await eventually(() => seen.length === 1, 'a publication');
    assert.deepEqual([seen[0].channel, seen[0].data], ['closed:mine', 7]);
    ann.hangUp();
  });

  it('refresh what expires', async () => {
    let refreshed = 0;
    const ann = await centrifuge(node, {
      token: token({ sub: 'ann', exp: inSeconds(2) }),
      getToken: async () => {
        refreshed += 1;
        return token({ sub: 'ann', exp: inSeconds(600) });
      },
    }).connected();
    let subRefreshed = 0;
    const sub = await ann.subscribe('$open:private', {
      token: token({ sub: 'ann', channel: '$open:private', exp: inSeconds(2) }),
      getToken: async () => {
        subRefreshed += 1;
        return token(
          { sub: 'ann', channel: '$open:private', exp: inSeconds(600) });
      },
    });
    await eventually(() => refreshed === 1 && subRefreshed === 1, 'refreshes');
    await ann.centrifuge.publish('$open:private', 1);
    assert.deepEqual(await dataOf(sub, 1), [1]);
    assert.equal(ann.sockets.length, 1);
    ann.hangUp();
  });

  it('come with a new token after an expired one', async () => {
    const ann = centrifuge(node, {
      token: token({ sub: 'ann', exp: inSeconds(-60) }),
      getToken: async () => token({ sub: 'ann' }),
    });
    await ann.connected();
    ann.hangUp();
  });

  it('are sent away for good with a forged token', async () => {
    const ann = centrifuge(node, { token: `${token({ sub: 'ann' })}x` });
    ann.centrifuge.connect();
    assert.equal((await ann.disconnected()).code, 3500);
  });

  it('speak JSON only', async () => {
    const path = '/connection/websocket';
    const ann = await connect(node, path, { protocols: ['centrifuge-json'] });
    assert.equal(ann.socket.protocol, 'centrifuge-json');
    ann.send('nonsense');
    await ann.expectClose(3501);
    const other = { protocols: ['centrifuge-protobuf'] };
    assert.equal(await refusal(node, path, other), 400);
    assert.equal(await refusal(node, `${path}?format=protobuf`), 400);
  });

  it('are told why a message is too big', async () => {
    const ann = await connect(node, '/connection/websocket');
    ann.send(' '.repeat(65_537));
    await ann.expectClose(1009);
  });
});

describe('pings of the Centrifuge protocol', () => {
  after(leaveNothing);

  it('are answered by clients; silent ones are closed', async () => {
    const node = await startNode({ ...settings, 'listen.ping-interval': '1s',
      'listen.pong-timeout': '500ms' });
    const ann = await centrifuge(node).connected();
    const bob = await connect(node, '/connection/websocket');
    bob.send('{"id":1,"connect":{}}');
    await bob.text();
    assert.equal(await bob.text(), '{}');
    assert.equal(await bob.expectClose(3012), 'no pong');
    assert.equal(ann.sockets.length, 1);
    assert.equal(ann.centrifuge.state, 'connected');
    ann.hangUp();
  });
});
