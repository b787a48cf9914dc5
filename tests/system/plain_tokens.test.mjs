// Clients of the plain protocol need a token, too, if tokens are configured.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { centrifuge, dataOf, inSeconds, secret, token }
  from './harness/centrifuge.mjs';
import { connect, eventually, leaveNothing, listen, refusal, startNode }
  from './harness/index.mjs';

const settings = {
  'api.key': 'the-key',
  'token.hmac-secrets': secret,
  'listen.ping-interval': '500ms',
  'listen.pong-timeout': '400ms',
  'namespace.open.allow-subscribe': true,
  'namespace.open.allow-publish': true,
  'namespace.public.allow-subscribe': true,
  'namespace.public.allow-anonymous': true,
  'namespace.closed.presence': false,
};

const ann = () => token({ sub: 'ann' });

describe('clients of the plain protocol', () => {
  let node;

  before(async () => {
    node = await startNode(settings);
  });
  after(leaveNothing);

  const bearer = (text) => ({ headers: { Authorization: `Bearer ${text}` } });
  const refused = (path, options) => refusal(node, path, options);

  it('bring their token in the query or a header', async () => {
    const one = await connect(node, `/ws/open:a?token=${ann()}`);
    const two = await connect(node, '/ws/open:a', bearer(ann()));
    const three = await listen(node, 'open:a',
      { Authorization: `Bearer ${ann()}` });
    one.send('hi');
    assert.deepEqual(await two.texts(1), ['hi']);
    assert.deepEqual(await one.texts(1), ['hi']);
    assert.equal((await three.next()).data, 'hi');
    three.hangUp();
    await one.close();
    await two.close();
  });

  it('are refused without a good one', async () => {
    const bad = [undefined, 'x', `${ann()}x`, token({ sub: 'ann', exp: 1 }),
      token({ sub: 'ann', nbf: inSeconds(60) }),
      token({ sub: 'ann', channel: 'open:b' }),
      ann().replace(/^[^.]*/, Buffer.from('{"alg":"none"}')
        .toString('base64url'))];
    for (const text of bad) {
      const query = text === undefined ? '' : `?token=${text}`;
      assert.equal(await refused(`/ws/open:a${query}`), 401, text);
      const { status, headers } = await node.get(`/sse/open:a${query}`);
      assert.equal(status, 401, text);
      assert.equal(headers['www-authenticate'], 'Bearer');
    }
  });

  it('need none where anonymous clients are let in', async () => {
    const client = await connect(node, '/ws/public:a');
    await node.publish('public:a', 'news', { 'X-API-Key': 'the-key' });
    assert.deepEqual(await client.texts(1), ['news']);
    client.send('not allowed');
    assert.equal((await client.closed).code, 1008);
  });

  it('may do what the namespace allows, or their token', async () => {
    assert.equal(await refused(`/ws/closed:a?token=${ann()}`), 403);
    assert.equal(await refused(`/ws/$closed:a?token=${ann()}`), 403);
    assert.equal(await refused(`/ws/open:a%23bob,eve?token=${ann()}`), 403);
    const listed = await connect(node, `/ws/open:a%23ann,eve?token=${ann()}`);
    await listed.close();
    const own = token({ sub: 'ann', channel: '$closed:a' });
    const client = await connect(node, `/ws/$closed:a?token=${own}`);
    await node.publish('$closed:a', 'secret', { 'X-API-Key': 'the-key' });
    assert.deepEqual(await client.texts(1), ['secret']);
    await client.close();
  });

  it('end with their token', async () => {
    const short = token({ sub: 'ann', exp: inSeconds(1) });
    const client = await connect(node, `/ws/open:a?token=${short}`);
    assert.equal((await client.closed).code, 1008);
  });

  it('can be disconnected by their user', async () => {
    const client = await connect(node, `/ws/open:a?token=${ann()}`);
    const stays = await connect(node,
      `/ws/open:a?token=${token({ sub: 'bob' })}`);
    const answer = await node.get('/api/disconnect', { method: 'POST',
      headers: { 'X-API-Key': 'the-key' },
      body: JSON.stringify({ user: 'ann',
        disconnect: { code: 4001, reason: 'bye' } }) });
    assert.deepEqual(answer.json(), { result: {} });
    assert.deepEqual(await client.closed, { code: 4001, reason: 'bye' });
    stays.send('still here');
    assert.deepEqual(await stays.texts(1), ['still here']);
    await stays.close();
  });

  it('share channels with those of the Centrifuge protocol', async () => {
    const eve = await centrifuge(node, { token: token({ sub: 'eve' }) })
      .connected();
    const there = await eve.subscribe('open:s');
    const client = await connect(node, `/ws/open:s?token=${ann()}`);
    client.send('[1]');
    assert.deepEqual(await dataOf(there, 1), [[1]]);
    await client.close();
    eve.hangUp();
  });
});
