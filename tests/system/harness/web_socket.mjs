// A WebSocket client of the npm package `ws` whose events can be awaited.
import assert from 'node:assert/strict';
import WebSocket from 'ws';
import { eventually, patience, within } from './deadline.mjs';
import { register } from './cleanup.mjs';

class Client {
  constructor(url, options) {
    this.received = [];
    this.pings = 0;
    this.socket = new WebSocket(url, options.protocols ?? [], options);
    this.socket.on('message', (data, binary) => {
      this.received.push({ data, binary, at: performance.now() });
    });
    this.socket.on('ping', () => { this.pings += 1; });
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => {
        this.ending = { code, reason: reason.toString() };
        resolve(this.ending);
      });
    });
    this.opened = new Promise((resolve, reject) => {
      this.socket.on('open', resolve);
      this.socket.on('error', reject);
      this.socket.on('unexpected-response', (_, response) => {
        const refusal = new Error(`refused with ${response.statusCode}`);
        refusal.status = response.statusCode;
        reject(refusal);
        response.destroy();
      });
    });
  }

  /** The next message as `{ data, binary, at }`, `at` in milliseconds. */
  async next(milliseconds = patience) {
    await eventually(() => {
      if (this.received.length === 0 && this.ending) {
        assert.fail(`closed with ${this.ending.code} ${this.ending.reason}`);
      }
      return this.received.length > 0;
    }, 'a message', milliseconds);
    return this.received.shift();
  }

  /** The next message, which must be a text frame. */
  async text(milliseconds) {
    const { data, binary } = await this.next(milliseconds);
    assert.equal(binary, false, 'a text frame');
    return data.toString();
  }

  /** The next message, which must be a binary frame. */
  async binary(milliseconds) {
    const { data, binary } = await this.next(milliseconds);
    assert.equal(binary, true, 'a binary frame');
    return data;
  }

  /** The next `count` messages, as text. */
  async texts(count, milliseconds = patience) {
    await eventually(() => this.received.length >= count,
      () => `${count} messages, ${this.received.length} came`, milliseconds);
    return this.received.splice(0, count).map(({ data }) => data.toString());
  }

  send(data) {
    this.socket.send(data);
  }

  async expectClose(code, milliseconds) {
    const end = await within(this.closed, `close ${code}`, milliseconds);
    assert.equal(end.code, code, end.reason);
    return end.reason;
  }

  get open() {
    return this.socket.readyState === WebSocket.OPEN;
  }

  /** Closes in order and waits for the answer. */
  async close() {
    this.socket.close(1000);
    await within(this.closed, 'the closing handshake');
  }

  hangUp() {
    this.socket.terminate();
  }
}

/** Opens `path` on `node`; rejects with `.status` if refused. */
export async function connect(node, path, options = {}) {
  const client = register(new Client(node.socketUrl(path), options));
  await within(client.opened, `opening ${path}`);
  return client;
}

/** The status with which the node refuses to open `path`. */
export async function refusal(node, path, options) {
  try {
    await connect(node, path, options);
  } catch (error) {
    assert.ok(error.status, `refused with a status, not: ${error}`);
    return error.status;
  }
  return assert.fail(`${path} should have been refused`);
}
