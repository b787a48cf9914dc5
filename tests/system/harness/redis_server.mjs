// A private Redis, or the program that ROOKERY_TEST_REDIS names in its stead:
// own port, own directory, no persistence.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { eventually, within } from './deadline.mjs';
import { freePort } from './ports.mjs';
import { Program } from './processes.mjs';
import { register } from './cleanup.mjs';

// In memory if possible: the data need not survive, and no test waits for a
// disk.
const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

const command = process.env.ROOKERY_TEST_REDIS || 'redis-server';

class RedisServer {
  constructor(args) {
    this.args = args;
    this.directory = mkdtempSync(join(place, 'rookery-redis-'));
    this.clients = [];
  }

  get url() {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts on its previous port, or on a free one the first time. */
  async start() {
    this.port ??= await freePort();
    this.program = new Program(command, ['--port', `${this.port}`,
      '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir',
      this.directory, '--loglevel', 'warning', ...this.args]);
    await eventually(async () => {
      if (!this.program.alive) {
        throw new Error(`${command} ended\n${this.program.tail()}`);
      }
      return (await this.command('PING')) !== undefined;
    }, () => `${command} answers on ${this.port}\n${this.program.tail()}`);
  }

  /** A new client of the npm package, closed when the file ends. */
  async client(options = {}) {
    const client = createClient({
      url: this.url,
      password: this.password,
      ...options,
      socket: { reconnectStrategy: false },
    });
    client.on('error', () => {});
    await within(client.connect(), 'a connection to Redis');
    this.clients.push(client);
    return client;
  }

  /** Sends one command on a client of its own kept for that. */
  async command(...args) {
    if (!this.control?.isReady) this.control = await this.client();
    return within(this.control.sendCommand(args), args.join(' '));
  }

  /** Subscribed names, without the nodes' own control channels. */
  async channels() {
    const names = await this.command('PUBSUB', 'CHANNELS');
    return names.filter((name) => !/^([^:]+:)?__/.test(name));
  }

  async subscribers(channel) {
    return Number((await this.command('PUBSUB', 'NUMSUB', channel))[1]);
  }

  /** Redis cannot save any more: its next background save fails. */
  async loseDirectory() {
    rmSync(this.directory, { recursive: true, force: true });
    await this.command('BGSAVE');
  }

  freeze() {
    this.program.freeze();
  }

  thaw() {
    this.program.thaw();
  }

  /** Kills the server at once, as in a crash; `start` brings it back. */
  async kill() {
    this.dropClients();
    await this.program.kill();
  }

  dropClients() {
    for (const client of this.clients.splice(0)) {
      if (client.isOpen) client.destroy();
    }
    this.control = undefined;
  }

  hangUp() {
    this.dropClients();
  }

  async stop() {
    this.dropClients();
    if (this.program?.alive) {
      this.thaw();
      this.program.signal('SIGTERM');
      await this.program.end();
    }
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Starts a server with further command line arguments. */
export async function startRedis({ args = [], password } = {}) {
  const server = new RedisServer(args);
  server.password = password;
  register(server);
  await server.start();
  return server;
}

/** A server that is not running yet but whose port is known. */
export async function absentRedis({ args = [], port } = {}) {
  const server = new RedisServer(args);
  server.port = port ?? await freePort();
  register(server);
  return server;
}
