// nginx and HAProxy with the configurations of docs/proxies, on other ports.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect as dialTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { register } from './cleanup.mjs';
import { eventually } from './deadline.mjs';
import { freePort } from './ports.mjs';
import { Program } from './processes.mjs';

function documented(name) {
  const path = new URL(`../../../docs/proxies/${name}`, import.meta.url);
  return readFileSync(fileURLToPath(path), 'utf8');
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = dialTcp({ port, host: '127.0.0.1' });
    socket.on('connect', () => { socket.destroy(); resolve(true); });
    socket.on('error', () => resolve(false));
  });
}

/** A running proxy, with the port and URLs of a node. */
class Proxy {
  constructor() {
    this.directory = mkdtempSync(join(tmpdir(), 'rookery-proxy-'));
  }

  /** Writes `text` with the nodes' ports and short idle timeouts. */
  configure(name, text, nodes) {
    const adapted = text.replace(':8000', `:${this.port}`)
      .replace(':8080', `:${nodes[0].port}`)
      .replace(':8081', `:${nodes[1].port}`)
      .replaceAll('60s', '3s');
    const path = join(this.directory, name);
    writeFileSync(path, adapted);
    return path;
  }

  async start(command, args) {
    this.program = new Program(command, args);
    await eventually(() => {
      if (!this.program.alive) throw new Error(this.program.tail());
      return accepts(this.port);
    }, () => `${command} listens\n${this.program.tail()}`);
  }

  socketUrl(path) {
    return `ws://127.0.0.1:${this.port}${path}`;
  }

  async stop() {
    this.program.signal('SIGTERM');
    await this.program.end();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

async function startNginx(proxy, nodes) {
  const site = proxy.configure('site.conf', documented('nginx.conf'), nodes);
  const own = paths.map(
    (name) => `${name}_temp_path ${join(proxy.directory, name)};`);
  // The workers must reach the private directory.
  const user = process.getuid() === 0 ? 'user root;' : '';
  const main = proxy.configure('nginx.conf', `daemon off; ${user}
    pid ${join(proxy.directory, 'pid')};
    events { worker_connections 512; }
    http { access_log off; ${own.join(' ')} include ${site}; }`, nodes);
  await proxy.start('nginx', ['-c', main, '-p', proxy.directory,
    '-e', join(proxy.directory, 'error.log')]);
}

async function startHaproxy(proxy, nodes) {
  const path = proxy.configure('haproxy.cfg', documented('haproxy.cfg'), nodes);
  await proxy.start('haproxy', ['-db', '-f', path]);
}

export const proxies = { nginx: startNginx, HAProxy: startHaproxy };

/** Starts the proxy of that name in front of two nodes. */
export async function startProxy(name, nodes) {
  const proxy = register(new Proxy());
  proxy.port = await freePort();
  await proxies[name](proxy, nodes);
  return proxy;
}
