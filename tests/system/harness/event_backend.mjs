// The backend of an application: an HTTP server that takes events.
import http from 'node:http';
import { eventually } from './deadline.mjs';
import { freePort } from './ports.mjs';
import { register } from './cleanup.mjs';

class Backend {
  constructor() {
    this.deliveries = [];
    this.sockets = new Set();
    /** Called with every body; returns the status, or undefined for no answer.
     * */
    this.judge = () => 200;
  }

  get url() {
    return `http://127.0.0.1:${this.port}/events`;
  }

  /** All events, with repeats, in the order of arrival. */
  get all() {
    return this.deliveries.flatMap(({ events }) => events);
  }

  /** The same without repeats, by id. */
  get events() {
    const seen = new Set();
    return this.all.filter(({ id }) => !seen.has(id) && seen.add(id));
  }

  /** The events of one channel or client, by their types. */
  of(name) {
    return this.events.filter((each) => (each.channel ?? each.client) === name)
      .map(({ type }) => type);
  }

  async start() {
    this.port ??= await freePort();
    this.server = http.createServer((incoming, outgoing) => {
      let text = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (piece) => { text += piece; });
      incoming.on('end', () => {
        const body = JSON.parse(text);
        const status = this.judge(body, incoming);
        if (status === undefined) return incoming.socket.destroy();
        if (status < 300) this.deliveries.push(body);
        outgoing.writeHead(status).end();
      });
    });
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    await new Promise((resolve) =>
      this.server.listen(this.port, '127.0.0.1', resolve));
  }

  /** Stops listening and drops all requests. */
  async fall() {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
    this.server = undefined;
  }

  /** Waits until `name` has had these events and no others. */
  async sees(name, types, milliseconds) {
    await eventually(() => this.of(name).join() === types.join(),
      () => `${name}: ${types}, not ${JSON.stringify(this.of(name))}`,
      milliseconds);
  }

  async stop() {
    if (this.server) await this.fall();
  }
}

export async function startBackend() {
  const backend = register(new Backend());
  await backend.start();
  return backend;
}
