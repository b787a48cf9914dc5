// The configurations of docs/proxies.md do what the page says.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { proxies, startProxy } from './harness/proxies.mjs';
import { connect, eventually, leaveNothing, pause, release, request,
  startCluster, subscribe } from './harness/index.mjs';

const apiKey = 'a-key-for-backends';

for (const name of Object.keys(proxies)) {
  describe(`behind ${name}`, () => {
    after(leaveNothing);

    it('clients, streams and publications pass, quiet ones stay', async () => {
      const { redis, nodes } = await startCluster(
        { settings: { 'listen.ping-interval': '1s', 'node.insecure': true,
          'api.key': apiKey, 'listen.trusted-proxies': '127.0.0.1' } });
      const proxy = await startProxy(name, nodes);
      await eventually(async () => (await request(proxy.port,
        { path: '/ready' })).status === 200, 'the proxy finds a node');
      const clients = [];
      for (let i = 0; i < 4; ++i) {
        clients.push(await connect(proxy, '/ws/news'));
      }
      const stream = await subscribe(proxy, 'news');
      const anonymous = await request(proxy.port,
        { method: 'POST', path: '/pub/news', body: 'x' });
      assert.equal(anonymous.status, 401, 'no key, no publication');
      const forger = await connect(proxy, '/ws/forged', { headers:
        { 'X-Forwarded-For': '192.0.2.1', Forwarded: 'for=192.0.2.1' },
      localAddress: '127.0.0.2' });
      const lists = await Promise.all(nodes.map(async (node) =>
        (await node.admin('/api/connections?channel=forged')).json()
          .connections));
      assert.deepEqual(lists.flat().map(({ facts }) => facts.remote_address),
        ['127.0.0.2'], 'as the proxy sees it');
      forger.hangUp();
      clients[0].send('hello');
      for (const client of clients) assert.equal(await client.text(), 'hello');
      assert.equal((await stream.next()).data, 'hello');
      const body = 'x'.repeat(1 << 20);
      const posted = await request(proxy.port,
        { method: 'POST', path: '/pub/news', body,
          headers: { 'X-API-Key': apiKey } });
      assert.equal(posted.status, 200);
      for (const client of clients) assert.equal(await client.text(), body);
      stream.hangUp();

      // Longer than the proxy's idle timeout, which is 3 s here.
      await pause(4_000);
      clients[3].send('still here');
      for (const one of clients) assert.equal(await one.text(), 'still here');

      await release(nodes[0]);
      await eventually(
        () => clients.some(({ ending }) => ending?.code === 1001), 'clients of the drained node are told');
      const back = await connect(proxy, '/ws/news');
      back.send('elsewhere');
      assert.equal(await back.text(), 'elsewhere');
      for (const client of [...clients, back]) client.hangUp();
      await release(proxy);
      await release(nodes[1]);
      await release(redis);
    });
  });
}
