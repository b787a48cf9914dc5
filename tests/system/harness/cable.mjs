// A network between clients and one node that fails when the test says so.
import net from 'node:net';
import { register } from './cleanup.mjs';

/** A proxy with the port and URLs of a node. `node` may change: later
 * connections lead to the new one. */
class Cable {
  constructor(node) {
    this.node = node;
    this.pairs = new Set();
    this.plugged = true;
    this.server = net.createServer({ noDelay: true }, (client) => {
      if (!this.plugged) return client.destroy();
      const server = net.connect({ port: this.node.port, host: '127.0.0.1',
        noDelay: true });
      const pair = [client, server];
      this.pairs.add(pair);
      for (const end of pair) {
        end.on('error', () => {});
        end.on('close', () => {
          this.pairs.delete(pair);
          for (const each of pair) each.destroy();
        });
      }
      client.pipe(server).pipe(client);
      return undefined;
    });
  }

  socketUrl(path) {
    return `ws://127.0.0.1:${this.port}${path}`;
  }

  async start() {
    await new Promise((resolve) =>
      this.server.listen(0, '127.0.0.1', resolve));
    this.port = this.server.address().port;
  }

  /** Cuts all connections; clients may come back at once. */
  cut() {
    for (const pair of this.pairs) for (const end of pair) end.destroy();
  }

  /** Cuts all connections; clients find `node` when they come back. */
  moveTo(node) {
    this.node = node;
    this.cut();
  }

  unplug() {
    this.plugged = false;
    this.cut();
  }

  plug() {
    this.plugged = true;
  }

  /** Runs `task` while no client can connect; then they find `node`. */
  async whileUnplugged(task, node = this.node) {
    this.unplug();
    await task();
    this.node = node;
    this.plug();
  }

  hangUp() {
    this.unplug();
    this.server.close();
  }
}

/** Opens a cable to `node` that survives its restarts. */
export async function layCable(node) {
  const cable = register(new Cable(node));
  await cable.start();
  return cable;
}
