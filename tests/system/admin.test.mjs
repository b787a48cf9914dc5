// The admin listener shows every actor, and only to whom it may.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, describe, it } from 'node:test';
import { startBrowser } from './harness/browser.mjs';
import { connect, leaveNothing, register, release, request, startCluster }
  from './harness/index.mjs';

describe('the admin listener', () => {
  let node;
  let clients;

  before(async () => {
    ({ nodes: [node] } = await startCluster({ count: 1 }));
    clients = [];
    for (let i = 0; i < 12; ++i) {
      clients.push(await connect(node, `/ws/c${i % 3}?notices=Secret1`));
    }
  });
  after(leaveNothing);

  it('lists actors by kind', async () => {
    const { status, headers, text } =
      await node.admin('/actors?kind=connection&limit=100');
    assert.equal(status, 200);
    assert.match(headers['content-type'], /^application\/json/);
    const { actors } = JSON.parse(text);
    assert.equal(actors.length, clients.length);
    for (const actor of actors) {
      assert.equal(actor.kind, 'connection');
      for (const fact of ['id', 'loop', 'age', 'handled', 'queued']) {
        assert.ok(Object.keys(actor).some((name) => name.startsWith(fact)),
          `${fact} in ${JSON.stringify(actor)}`);
      }
    }
    const kinds = new Set((await node.admin('/actors?limit=1000')).json()
      .actors.map(({ kind }) => kind));
    for (const kind of ['connection', 'channel']) assert.ok(kinds.has(kind));
    assert.ok([...kinds].some((kind) => /bridge/.test(kind)), `${[...kinds]}`);
  });

  it('pages without gaps or repetitions', async () => {
    const seen = [];
    let next;
    do {
      const page = (await node.admin('/actors?kind=connection&limit=5'
        + (next === undefined ? '' : `&after=${next}`))).json();
      assert.ok(page.actors.length <= 5);
      seen.push(...page.actors.map(({ id }) => id));
      next = page.next;
    } while (next !== undefined && next !== null);
    assert.equal(seen.length, clients.length);
    assert.equal(new Set(seen).size, clients.length);
  });

  it('shows one actor', async () => {
    const { actors } = (await node.admin('/actors?kind=channel')).json();
    const answer = await node.admin(`/actors/${actors[0].id}`);
    assert.equal(answer.status, 200);
    assert.equal(answer.json().id, actors[0].id);
    assert.equal((await node.admin('/actors/999999999')).status, 404);
    for (const path of ['/actors/x', '/actors?limit=x', '/actors?limit=-1',
      '/actors?after=x']) {
      assert.equal((await node.admin(path)).status, 400, path);
    }
    assert.equal((await node.admin('/nothing')).status, 404);
    assert.equal((await node.admin('/actors', { method: 'POST' })).status, 405);
  });

  it('shows no secret', async () => {
    const { text } = await node.admin('/actors?limit=1000');
    assert.doesNotMatch(text, /Secret1|notices=/);
  });

  it('answers only to a loopback name and to its own pages', async () => {
    const get = async (headers) =>
      (await node.admin('/actors', { headers })).status;
    const own = `127.0.0.1:${node.adminPort}`;
    assert.equal(await get({ Host: own }), 200);
    assert.equal(await get({ Host: own, Origin: `http://${own}` }), 200);
    assert.ok([403, 421].includes(await get({ Host: 'evil.example' })));
    assert.ok([403, 421].includes(
      await get({ Host: `evil.example:${node.adminPort}` })));
    assert.equal(await get({ Host: own, Origin: 'http://evil.example' }), 403);
    assert.equal(await get({ Host: own, Origin: 'null' }), 403);
  });

  it('is not served where clients come in, nor on other addresses',
    async () => {
      assert.equal((await node.get('/actors')).status, 404);
      await assert.rejects(request(node.adminPort,
        { host: '127.0.0.2', path: '/actors' }), /ECONNREFUSED/);
    });

  it('tells a page of another origin nothing', async () => {
    const page = http.createServer((_, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end('<!doctype html><link rel="icon" href="data:,">');
    });
    await new Promise((resolve) => page.listen(0, '127.0.0.1', resolve));
    const site = register({ hangUp: () => {
      page.closeAllConnections?.();
      return new Promise((resolve) => page.close(resolve));
    } });
    const browser = await startBrowser();
    const tab = await browser.newPage();
    await tab.goto(`http://127.0.0.1:${page.address().port}/`);
    const attempts = await tab.evaluate(async (url) => {
      const told = [];
      for (const options of [{}, { mode: 'no-cors' }, { method: 'POST',
        headers: { 'Content-Type': 'application/json' }, body: '{}' },
      { method: 'DELETE' }]) {
        try {
          const answer = await fetch(url, options);
          told.push(await answer.text());
        } catch {
          told.push('');
        }
      }
      return told;
    }, `http://127.0.0.1:${node.adminPort}/actors`);
    assert.deepEqual(attempts, ['', '', '', '']);
    await browser.close();
    await site.hangUp();
    await release(site).catch(() => {});
  });
});
