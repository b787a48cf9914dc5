// A rookery process under test.
import assert from 'node:assert/strict';
import { eventually } from './deadline.mjs';
import { fdCount, processorTime, Program, residentBytes }
  from './processes.mjs';
import { register } from './cleanup.mjs';
import { request } from './http.mjs';
import { startRedis } from './redis_server.mjs';

/** The program under test, set by CTest. */
export function binary() {
  assert.ok(process.env.ROOKERY_BIN, 'ROOKERY_BIN names the node to test');
  return process.env.ROOKERY_BIN;
}

export function toArguments(settings) {
  return Object.entries(settings).map(([key, value]) => `--${key}=${value}`);
}

/** A program that runs the node, with its options; scripts/torture sets it. */
const runner = (process.env.ROOKERY_RUNNER ?? '').split(' ').filter(Boolean);

class RookeryNode {
  constructor(settings, wrapper) {
    this.settings = settings;
    this.wrapper = wrapper;
    this.launch();
  }

  /** Starts on its previous port, or on a free one the first time. */
  launch() {
    const args = toArguments({
      'listen.port': this.port ?? 0,
      'admin.port': 0,
      'log.format': 'json',
      // Two loops, whatever the number of cores: channels then span loops.
      'node.loops': 2,
      ...this.settings,
    });
    this.stopped = false;
    const command = [...runner, binary(), ...args];
    this.program = this.wrapper
      ? new Program('bash', ['-c', `${this.wrapper}; exec "$0" "$@"`,
        ...command])
      : new Program(command[0], command.slice(1));
  }

  /** Restarts it after `kill` or `stop`, at the same address. */
  async restart() {
    this.openAtStart = undefined;
    this.launch();
    await this.started();
  }

  freeze() {
    this.program.freeze();
  }

  thaw() {
    this.program.thaw();
  }

  get pid() {
    return this.program.pid;
  }

  get log() {
    return this.program.lines.flatMap((line) => {
      try {
        return [JSON.parse(line)];
      } catch {
        return [];
      }
    });
  }

  async started() {
    const told = (event) => this.program.line((line) => {
      if (!line.startsWith('{')) return undefined;
      const entry = JSON.parse(line);
      return entry.event === event ? entry : undefined;
    }, `the node says "${event}"`);
    this.port = Number((await told('listening')).port);
    this.adminPort = Number((await told('admin listening')).port);
  }

  socketUrl(path) {
    return `ws://127.0.0.1:${this.port}${path}`;
  }

  get(path, options) {
    return request(this.port, { path, ...options });
  }

  admin(path, options) {
    return request(this.adminPort, { path, ...options });
  }

  publish(channel, body, headers = {}) {
    return this.get(`/pub/${encodeURIComponent(channel)}`,
      { method: 'POST', body, headers });
  }

  /** Waits until the node is ready, and counts its descriptors. */
  async ready(milliseconds) {
    await eventually(async () => (await this.get('/ready')).status === 200,
      () => `the node is ready\n${this.program.tail()}`, milliseconds);
    this.openAtStart ??= this.fdCount();
  }

  fdCount() {
    return fdCount(this.pid);
  }

  residentBytes() {
    return residentBytes(this.pid);
  }

  processorTime() {
    return processorTime(this.pid);
  }

  /** Without clients the node holds no more descriptors than at the start. */
  async checkIdle() {
    if (!this.program.alive) {
      assert.ok(this.stopped, `the node died\n${this.program.tail(40)}`);
      return;
    }
    if (this.openAtStart === undefined) return;
    await eventually(() => this.fdCount() <= this.openAtStart,
      () => `${this.fdCount()} descriptors are back to ${this.openAtStart}`);
  }

  /** Stops the node as a service manager would and expects a clean exit. */
  async stop(milliseconds = 12_000) {
    if (this.stopped) return;
    this.stopped = true;
    this.thaw();
    this.program.signal('SIGTERM');
    const end = await this.program.end(milliseconds);
    assert.deepEqual(end, { code: 0, signal: null }, this.program.tail(40));
  }

  async kill() {
    this.stopped = true;
    await this.program.kill();
  }
}

/**
 * Starts a node and waits until it is ready; with `waitReady` false only until
 * it listens. `wrapper` is shell text run before the node in its process.
 */
export async function startNode(settings = {},
  { waitReady = true, wrapper } = {}) {
  const node = register(new RookeryNode(settings, wrapper));
  await node.started();
  if (waitReady) await node.ready();
  return node;
}

/** A Redis and `count` nodes on it. */
export async function startCluster({ count = 2, settings = {}, redis } = {}) {
  const server = redis ?? await startRedis();
  const nodes = [];
  for (let i = 0; i < count; ++i) {
    nodes.push(await startNode({
      'redis.url': server.url,
      'node.name': `node-${i}`,
      ...settings,
    }));
  }
  return { redis: server, nodes };
}
