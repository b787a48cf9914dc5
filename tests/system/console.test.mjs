// The operator's console: every command as a table and as JSON, exit statuses,
// and the prompt.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync }
  from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { live } from './harness/admin.mjs';
import { centrifuge, secret, token } from './harness/centrifuge.mjs';
import { converse, noTerminal, runConsole } from './harness/console.mjs';
import { connect, eventually, freePort, leaveNothing, register, startCluster,
  startNode } from './harness/index.mjs';

const settings = {
  'cluster.secret': 'a secret of more than thirty-two bytes',
  'token.hmac-secrets': secret,
  'channel.allow-anonymous': true,
  'channel.allow-subscribe': true,
  'namespace.kept.history-size': 10,
  'namespace.kept.history-ttl': '5min',
  'namespace.kept.allow-subscribe': true,
};

const members = (node) => node.admin('/api/channels').then(({ text }) =>
  JSON.parse(text).channels);

describe('the console', () => {
  let nodes;
  let address;
  let directory;
  let plain;
  let ann;

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'rookery-console-'));
    register({ stop: () => rmSync(directory, { recursive: true }) });
    ({ nodes } = await startCluster({ settings }));
    address = `127.0.0.1:${nodes[0].adminPort}`;
    plain = await connect(nodes[1], '/ws/chat');
    ann = await centrifuge(nodes[0], { token: token({ sub: 'ann' }) })
      .connected();
    await ann.subscribe('kept:news');
    await eventually(async () => {
      const names = (await members(nodes[0])).map(({ name }) => name);
      return names.includes('chat') && names.includes('kept:news');
    }, 'both channels are known to the whole cluster');
  });
  after(leaveNothing);

  const run = (...words) => runConsole(['--address', address, ...words]);

  async function json(...words) {
    const { code, out, err } = await run('--json', ...words);
    assert.equal(code, 0, err);
    return JSON.parse(out);
  }

  async function shown(...words) {
    const { code, out, err } = await run(...words);
    assert.equal(code, 0, err);
    return out;
  }

  // Command, members of the JSON, text in the table.
  const questions = [
    ['nodes', ['nodes', 'silent', 'scope'], /node-0 \*.*ready[^]*node-1/],
    ['actors', ['actors'], /ACTOR[^]*@node-0/],
    ['actors --kind channel --limit 1000', ['actors'], /name=chat/],
    ['actors --sort mailbox --limit 3', ['actors'], /MAILBOX/],
    ['connections', ['connections'], /ann.*centrifuge/],
    ['connections --channel chat', ['connections'], /@node-1.*plain.*chat/],
    ['connections --slow', ['connections'], /none|QUEUED/],
    ['channels', ['channels'], /chat +1/],
    ['channels --prefix kept: --sort members', ['channels'], /kept:news/],
    ['channel kept:news', ['parts', 'history', 'options'], /epoch=/],
    ['user ann', ['user', 'connections', 'events'], /user ann: 1 connections/],
    ['events --what subscribed', ['events'], /subscribed/],
    ['refusals', ['events'], /none|refused/],
    ['bridge', ['buses'], /redis_bridge +up +up +yes/],
    ['bridge --drift', ['buses'], /node-1: \d+ subscriptions checked, 0 miss/],
    ['top --once --limit 3', ['channels', 'connections', 'queues'], /queued/],
    ['gaps', ['totals', 'channels', 'events'], /gaps: \d+ found/],
    ['why chat', ['findings', 'handled'], /./],
  ];

  for (const [line, keys, table] of questions) {
    it(`answers "${line}"`, async () => {
      const body = await json(...line.split(' '));
      for (const key of keys) assert.ok(key in body, `${key} in ${line}`);
      assert.deepEqual(body.silent, []);
      const text = await shown(...line.split(' '));
      assert.match(text, table);
      assert.doesNotMatch(text, /\x1b/);
    });
  }

  it('shows one actor as lists name it', async () => {
    const list = await shown('actors', '--kind', 'channel');
    const [actor] = /\d+@node-1/.exec(list);
    assert.match(await shown('inspect', actor), /kind: channel\n/);
    const body = await json('inspect', actor);
    assert.equal(String(body.actor.id), actor.split('@')[0]);
  });

  it('reads all pages', async () => {
    const whole = await json('actors', '--all');
    const paged = await json('actors', '--all', '--limit', '2');
    const ids = ({ actors }) => actors.map(({ node, id }) => `${id}@${node}`);
    for (const id of ids(whole)) assert.ok(ids(paged).includes(id), id);
    assert.equal(new Set(ids(paged)).size, ids(paged).length);
    assert.equal(paged.next, undefined);
    assert.match(await shown('actors', '--limit', '1'), /\nmore: --after \S+/);
  });

  it('publishes', async () => {
    assert.equal(await shown('publish', 'chat', 'hello', 'all'),
      'published\n');
    assert.equal(await plain.text(), 'hello all');
    const body = await json('publish', 'kept:news', '--data', '{"a":[1]}');
    assert.ok(body.offset >= 1);
    const [publication] = await eventually(() => {
      const sub = ann.centrifuge.getSubscription('kept:news');
      return sub.seen.length > 0 && sub.seen;
    }, 'the publication');
    assert.deepEqual(publication.data, { a: [1] });
    assert.match(await shown('why', 'kept:news', '--offset',
      String(body.offset)), /^- /);
  });

  it('changes what nodes log', async () => {
    assert.match(await shown('log-level', 'debug', '--node', 'node-1'),
      /debug on node-1/);
    assert.equal((await json('nodes')).nodes.find(({ name }) =>
      name === 'node-1').log_level, 'debug');
    assert.equal((await json('log-level', 'info')).level, 'info');
  });

  it('subscribes anew what Redis has lost', async () => {
    assert.match(await shown('bridge', 'reconcile'), /subscriptions renewed: 0\n/);
    assert.equal((await json('bridge', 'reconcile', '--node', 'node-0'))
      .renewed, 0);
  });

  it('ends connections and subscriptions', async () => {
    const bob = await centrifuge(nodes[1], { token: token({ sub: 'bob' }) })
      .connected();
    const sub = await bob.subscribe('bobs');
    assert.equal(await shown('unsubscribe', 'bob', 'bobs'), 'clients: 1\n');
    await eventually(() => sub.told.some(({ event }) =>
      event === 'unsubscribed'), 'the end of the subscription');
    assert.equal((await json('disconnect-user', 'bob')).clients, 1);
    await bob.disconnected();
    const guest = await connect(nodes[1], '/ws/guests');
    const list = await shown('connections', '--channel', 'guests');
    assert.equal(await shown('kick', /\d+@node-1/.exec(list)[0]),
      'clients: 1\n');
    await guest.closed;
  });

  it('watches what happens', async () => {
    const watching = runConsole(['--address', address, '--json', 'watch',
      'channel', 'watched', '--seconds', '3']);
    const publishing = setInterval(() => {
      nodes[1].publish('watched', 'news').catch(() => {});
    }, 100);
    const { code, out, err } = await watching;
    clearInterval(publishing);
    assert.equal(code, 0, err);
    const events = out.trim().split('\n').flatMap((line) =>
      JSON.parse(line).events);
    assert.ok(events.some(({ what, text }) =>
      what === 'published' && text === 'news'), out);
  });

  it('drains a node and takes it back', async () => {
    const third = await startNode({ ...settings,
      'redis.url': nodes[0].settings['redis.url'], 'node.name': 'node-2' });
    await eventually(async () => (await json('nodes')).nodes.length === 3,
      'the third node is known');
    assert.match(await shown('drain', 'node-2', '--rate', '50'), /^node-2: /);
    assert.match(await shown('drain', 'node-2', '--follow'), /done, 0 clients/);
    assert.match(await shown('nodes'), /node-2 +draining done/);
    assert.match(await shown('drain', 'node-2', '--cancel'),
      /node-2 is not draining/);
    await third.ready();
  });

  it('offers the kinds of actors that nodes list', async () => {
    const alone = await startNode({ 'api.key': 'k'.repeat(32) });
    const view = await live(alone, { topic: 'nodes' });
    await eventually(() => view.messages.length > 0, 'the view is open');
    const listed = new Set();
    for (const node of [alone, nodes[0]]) {
      const { text } = await node.admin('/api/actors?limit=1000');
      for (const { kind } of JSON.parse(text).actors) listed.add(kind);
    }
    view.close();
    const help = await shown('help', 'actors');
    const [, offered] = help.match(/^Kinds: ([^.]+)\./m);
    assert.deepEqual(offered.split(/,\s+/), [...listed].sort());
  });

  it('says how it ended', async () => {
    assert.equal((await run('nodes')).code, 0);
    const absent = await run('kick', '999999999@node-0');
    assert.equal(absent.code, 1);
    assert.ok(absent.err.length > 1);
    assert.equal(absent.out, '');
    for (const words of [['nothing'], ['actors', '--x'], ['inspect', 'x'],
      ['log-level', 'loud'], ['--x']]) {
      const { code, out, err } = await run(...words);
      assert.equal(code, 2, words.join(' '));
      assert.equal(out, '');
      assert.ok(err.length > 1);
    }
    const port = await freePort();
    const gone = await runConsole(['--address', `127.0.0.1:${port}`, 'nodes']);
    assert.equal(gone.code, 3);
    assert.match(gone.err, new RegExp(`^cannot reach 127.0.0.1:${port}: `));
  });

  it('explains itself', async () => {
    const version = await runConsole(['--version']);
    assert.match(version.out, /^rookery-console \d+\.\d+\.\d+\n$/);
    const all = await runConsole(['--help']);
    assert.equal(all.code, 0);
    for (const [name] of all.out.matchAll(/^ {2}[a-z][a-z-]+(?= {2})/gm)) {
      const help = await runConsole(['help', name.trim()]);
      assert.equal(help.code, 0, name);
      assert.match(help.out, /Examples:/);
    }
    assert.match(all.out, /^ {2}disconnect-user /m);
  });

  it('opens a node that wants a token, and never shows it', async () => {
    const hidden = 'a-token-that-nobody-may-see';
    const guarded = await startNode({ 'admin.token': hidden });
    const file = join(directory, 'token');
    writeFileSync(file, `${hidden}\n`, { mode: 0o600 });
    const config = join(directory, 'node.conf');
    writeFileSync(config, `admin {\n  port = ${guarded.adminPort}\n`
      + `  token-file = "${file}"\n}\n`);
    const there = ['--address', `127.0.0.1:${guarded.adminPort}`];
    const closed = await runConsole([...there, 'nodes']);
    assert.equal(closed.code, 1);
    assert.match(closed.err, /^a valid token is required: --token-file\n$/);
    for (const options of [[...there, '--token-file', file],
      ['--config', config]]) {
      for (const words of [['nodes'], ['watch', 'channel', 'c', '--seconds',
        '1']]) {
        const { code, out, err } = await runConsole([...options, ...words]);
        assert.equal(code, 0, err);
        assert.ok(!(out + err).includes(hidden));
      }
    }
  });

  it('talks at a terminal', { skip: noTerminal }, async () => {
    const history = join(directory, 'history');
    const options = ['--address', address, '--history-file', history];
    const talk = converse(options);
    await talk.sees(/node-0, version .*> /s);
    talk.type('channels --pre\tkept\t\r');
    await talk.sees(/kept:news +1/);
    talk.type('drain no\t1\r');
    await talk.sees(/drain node-1 of its clients\? \(y\/N\) /);
    talk.type('n\r');
    await talk.sees(/nothing done[^]*> /);
    talk.type('watch channel chat\r');
    await talk.sees(/Ctrl-C to stop/);
    await eventually(async () => {
      await nodes[1].publish('chat', 'on air');
      return /on air/.test(talk.text);
    }, 'what happens is seen');
    talk.type('\x03');
    await talk.sees(/> /);
    talk.type('top\r');
    await talk.sees(/Channels by messages per second/);
    talk.type('q');
    await talk.sees(/> /);
    talk.type('nothing\r');
    await talk.sees(/no command 'nothing'/);
    talk.type('quit\r');
    assert.equal(await talk.ended(), 0);
    assert.equal(statSync(history).mode & 0o777, 0o600);
    assert.match(readFileSync(history, 'utf8'), /watch.*channel.*chat/);

    const again = converse(options);
    await again.sees(/> /);
    again.type('\x1b[A\x1b[A\r'); // up twice: before `quit` stands `nothing`
    await again.sees(/no command 'nothing'/);
    again.type('\x04');
    assert.equal(await again.ended(), 0);
  });

  it('fits a narrow terminal', { skip: noTerminal }, async () => {
    const talk = converse(['--address', address, 'nodes'], { columns: 60 });
    assert.equal(await talk.ended(), 0);
    assert.match(talk.text, /node-1/);
    for (const line of talk.text.split('\r\n')) {
      assert.ok([...line].length <= 60, line);
    }
  });
});
