// Servers that are one process and print the port they listen on.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { register } from '../../tests/system/harness/cleanup.mjs';
import { eventually } from '../../tests/system/harness/deadline.mjs';
import { freePort } from '../../tests/system/harness/ports.mjs';
import { Program } from '../../tests/system/harness/processes.mjs';
import { descriptorLimit, raised } from './resources.mjs';

/** A process that prints `listening port=N`. */
export class Announcing {
  constructor(command, args) {
    this.program = new Program(...raised(command, args));
  }

  async started() {
    this.port = await this.program.line(
      (line) => Number(/^listening port=(\d+)/.exec(line)?.[1]) || undefined,
      'the server says where it listens');
    return this;
  }

  get pids() {
    return [this.program.pid];
  }

  async stop() {
    this.program.signal('SIGTERM');
    try {
      await this.program.end();
    } catch {
      await this.program.kill();
    }
  }
}

const template = new URL('../peers/nchan/nginx.conf.template',
  import.meta.url);

/** Handshakes that must succeed in a row; enough to meet every worker. */
const probes = 16;

/** Returns true if one WebSocket handshake succeeds. */
function upgrades(port) {
  return new Promise((resolve, reject) => {
    const probe = request({ port, host: '127.0.0.1', path: '/ws/probe',
      headers: { Connection: 'Upgrade', Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': randomBytes(16).toString('base64') } });
    probe.once('upgrade', (_, socket) => { socket.destroy(); resolve(true); });
    probe.once('response', (answer) => { answer.resume(); resolve(false); });
    probe.once('error', reject);
    probe.end();
  });
}

/** Reserved for what nginx opens besides client connections. */
const spareDescriptors = 512;

/** An nginx with a configuration and a directory of its own. */
export class Nginx {
  constructor(redis, workers) {
    this.redis = redis;
    this.workers = workers;
    this.directory = mkdtempSync(join(tmpdir(), 'rookery-nchan-'));
    this.killWorkers = () => this.signalWorkers('SIGKILL');
  }

  configuration() {
    const descriptors = descriptorLimit();
    const values = {
      USER: process.getuid() === 0 ? 'user root root;' : '',
      WORKERS: this.workers,
      DESCRIPTORS: descriptors,
      CONNECTIONS: descriptors - spareDescriptors,
      REDIS_PORT: this.redis.port,
      PORT: this.port,
    };
    return readFileSync(template, 'utf8')
      .replace(/@([A-Z_]+)@/g, (_, key) => values[key]);
  }

  async started() {
    this.port = await freePort();
    const file = join(this.directory, 'nginx.conf');
    writeFileSync(file, this.configuration());
    this.program = new Program(...raised('/usr/sbin/nginx',
      ['-p', this.directory, '-c', file, '-e', 'stderr']));
    // Tie the workers to this process: if it dies early, they would outlive
    // their master.
    process.on('exit', this.killWorkers);
    await eventually(() => {
      if (!this.program.alive) {
        throw new Error(`nginx ended\n${this.program.tail()}`);
      }
      this.pids = this.children();
      return this.pids.length === this.workers && this.answers();
    }, () => `nginx listens on ${this.port}\n${this.program.tail()}`);
    return this;
  }

  /** Worker processes; nchan has no others. */
  children() {
    const { pid } = this.program;
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .split(' ').filter(Boolean).map(Number);
  }

  /** Wait for Redis: nchan refuses members until each worker has found it. */
  async answers() {
    for (let i = 0; i < probes; ++i) {
      if (!await upgrades(this.port)) return false;
    }
    return true;
  }

  signalWorkers(signal) {
    if (!this.program?.alive) return;
    for (const pid of this.children()) process.kill(pid, signal);
  }

  async stop() {
    try {
      this.program?.signal('SIGTERM');
      await this.program?.end();
    } catch {
      this.signalWorkers('SIGKILL');
      await this.program.kill();
    } finally {
      process.off('exit', this.killWorkers);
      rmSync(this.directory, { recursive: true, force: true });
    }
  }
}

/** Starts `server`; it is stopped at the end of the process at the latest. */
export async function start(server) {
  register(server);
  return server.started();
}
