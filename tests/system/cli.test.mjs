// The command line: its output, and the settings it refuses.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { binary, freePort, leaveNothing, Program, register }
  from './harness/index.mjs';

const secret = 'hunter2hunter2hunter2';

const broken = [
  ['an unknown key', 'listen { prot = 8080 }', /listen\.prot/, /listen\.port/],
  ['an unknown group', 'lisen { port = 8080 }', /lisen/, /listen/],
  ['a wrong type', 'listen { port = "http" }', /listen\.port/, /http/],
  ['a number out of range', 'listen { port = 70000 }', /listen\.port/, /65535/],
  ['a negative size', 'listen { max-message = -1 }', /listen\.max-message/,
    /-1/],
  ['a duration without unit', 'listen { ping-interval = 25 }',
    /listen\.ping-interval/, /25/],
  ['a wrong word', 'log { level = "loud" }', /log\.level/, /debug/],
  ['a bad address', 'listen { address = ["nowhere"] }', /listen\.address/,
    /nowhere/],
  ['a bad URL', `redis { url = "http://:${secret}@127.0.0.1" }`,
    /redis\.url/, /redis:\/\//],
  ['a bad boolean', 'plain { publish = "maybe" }', /plain\.publish/, /maybe/],
  ['an unknown option of a namespace',
    'namespace.chat { history-sise = 1 }', /namespace\.chat\.history-sise/,
    /namespace\.chat\.history-size/],
  ['a bad name of a namespace', `namespace.${'x'.repeat(65)}.presence = true`,
    /namespace\.x/, /1 to 64/],
  ['half a history', 'namespace.chat { history-size = 1 }',
    /namespace\.chat\.history-size/, /namespace\.chat\.history-ttl/],
  ['recovery without a history', 'channel { force-recovery = true }',
    /channel\.force-recovery/, /channel\.history-size/],
  ['a syntax error', 'listen { port = ', /broken\.conf/, /./],
  ['a secret given twice', `api { key = "${secret}"\n key-file = "/x" }`,
    /api\.key/, /key-file/],
];

describe('the command line', () => {
  let directory;

  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'rookery-cli-'));
    register({ stop: () => rmSync(directory, { recursive: true }) });
  });
  after(leaveNothing);

  async function run(...args) {
    const program = new Program(binary(), args);
    const { code } = await program.end();
    return { code, output: program.output };
  }

  function write(name, text) {
    const path = join(directory, name);
    writeFileSync(path, text);
    return path;
  }

  it('says its version and how to use it', async () => {
    const version = await run('--version');
    assert.equal(version.code, 0);
    assert.match(version.output, /^rookery \d+\.\d+\.\d+\n$/);
    const help = await run('--help');
    assert.equal(help.code, 0);
    assert.match(help.output, /listen\.port/);
    assert.match(help.output, /--namespace\.NAME\.OPTION/);
    for (const line of help.output.split('\n')) {
      assert.ok(line.length <= 80, line);
    }
  });

  it('dumps a configuration that can be loaded again', async () => {
    const given = ['--listen.port=1234', '--listen.address=127.0.0.1,::1',
      '--node.name=a "quoted" name', '--listen.ping-interval=7s',
      `--api.key=${secret}`, '--namespace.chat.presence',
      '--namespace.news.history-size=9', '--namespace.news.history-ttl=1min'];
    const dumped = await run(...given, '--dump-config');
    assert.equal(dumped.code, 0, dumped.output);
    assert.doesNotMatch(dumped.output, new RegExp(secret));
    const whole = await run(...given, '--dump-config', '--with-secrets');
    assert.match(whole.output, new RegExp(secret));
    assert.match(whole.output, /\n {2}news \{\n {4}history-size = 9\n/);
    const path = write('dumped.conf', whole.output);
    assert.equal((await run(`--config=${path}`, '--check-config')).code, 0);
    const again = await run('--config', path, '--dump-config',
      '--with-secrets');
    assert.equal(again.output, whole.output);
  });

  for (const [what, text, key, expected] of broken) {
    it(`does not start with ${what}`, async () => {
      const path = write('broken.conf', text);
      for (const more of [[], ['--check-config']]) {
        const { code, output } = await run('--config', path, ...more);
        assert.equal(code, 2, output);
        assert.match(output, key);
        assert.match(output, expected);
        assert.doesNotMatch(output, new RegExp(secret));
      }
    });
  }

  it('does not start with unknown settings', async () => {
    for (const args of [['--no-such-option'], ['--listen.prot=1'],
      ['stray'], ['--config', '/no/such/file'], ['--listen.port'],
      ['--namespace.chat.presense'], ['--namespace.presence']]) {
      const { code, output } = await run(...args);
      assert.equal(code, 2, `${args}: ${output}`);
      assert.ok(output.length > 0);
    }
  });

  it('does not start with keys of tokens that it cannot use', async () => {
    for (const [given, expected] of [
      ['--token.public-keys=/no/such/key.pem', /\/no\/such\/key\.pem/],
      [`--token.hmac-secrets=good,kid:${secret}`, /secret 2/],
      [`--token.hmac-secrets-file=${write('blank', '\n\n')}`,
        /hmac-secrets-file/],
    ]) {
      for (const more of [[], ['--check-config']]) {
        const { code, output } = await run(given, '--listen.port=0',
          '--admin.port=0', ...more);
        assert.equal(code, 2, output);
        assert.match(output, expected);
        assert.match(output, /token\./);
        assert.doesNotMatch(output, new RegExp(secret));
      }
    }
  });

  it('does not open itself to the world by accident', async () => {
    const open = ['--listen.address=0.0.0.0', '--listen.port=0'];
    const careless = await run(...open);
    assert.equal(careless.code, 2, careless.output);
    assert.match(careless.output, /node\.insecure/);
    const told = await run(...open, '--node.insecure=true', '--check-config');
    assert.equal(told.code, 0, told.output);
    const keys = [...open, `--token.hmac-secrets=${secret}`, '--check-config'];
    const closed = await run(...keys);
    assert.equal(closed.code, 0, closed.output);
    const insecure = await run(...keys, '--centrifuge.insecure=true');
    assert.equal(insecure.code, 2, insecure.output);
    assert.match(insecure.output, /switch off centrifuge\.insecure/);
    const admin = await run('--admin.address=0.0.0.0');
    assert.equal(admin.code, 2, admin.output);
    assert.match(admin.output, /admin\.address/);
  });

  it('says clearly that a port is taken', async () => {
    const port = await freePort();
    const first = new Program(binary(), [`--listen.port=${port}`,
      '--admin.port=0']);
    await first.line((line) => line.includes('admin listening'), 'it listens');
    const second = await run(`--listen.port=${port}`, '--admin.port=0');
    assert.notEqual(second.code, 0);
    assert.match(second.output, new RegExp(`${port}.*in use`, 'i'));
    first.signal('SIGTERM');
    assert.equal((await first.end()).code, 0);
  });
});
