// Publishers that record for each message whether it was accepted.
import { centrifuge } from '../centrifuge.mjs';
import { pause, within } from '../deadline.mjs';
import { request } from '../http.mjs';
import { register } from '../cleanup.mjs';
import WebSocket from 'ws';

/** Longer than a node makes any client wait for an outcome. */
const longest = 15_000;

/** Publishes numbered messages, one after another, until stopped. */
class Publisher {
  constructor(world, name, channel, place) {
    Object.assign(this, { world, name, channel, place });
    this.outcomes = new Map();
  }

  async run(random) {
    for (let n = 1; !this.stopping; ++n) {
      const id = `${this.name}:${n}`;
      this.outcomes.set(id, 'unknown');
      const outcome = await this.publish(id);
      this.outcomes.set(id, outcome);
      if (outcome !== 'accepted') this.world.log(`${id} ${outcome}`);
      await pause(random.between(20, 120));
    }
  }

  start(random) {
    this.finished = this.run(random);
  }

  async stop() {
    this.stopping = true;
    await within(this.finished, `the last outcome of ${this.name}`, 60_000);
  }
}

/** Publishes by POST, directly to a node. */
class HttpPublisher extends Publisher {
  async publish(id) {
    try {
      const { status, text } = await request(this.place.port, {
        method: 'POST', path: `/pub/${encodeURIComponent(this.channel)}`,
        body: JSON.stringify(id) });
      if (status === 200) return 'accepted';
      return status === 503 && !/unknown/.test(text) ? 'refused' : 'unknown';
    } catch (error) {
      return error.code === 'ECONNREFUSED' ? 'refused' : 'unknown';
    }
  }
}

/** Publishes by the released client, over a cable. */
class CentrifugePublisher extends Publisher {
  constructor(...args) {
    super(...args);
    this.client = centrifuge(this.place);
    this.client.centrifuge.connect();
  }

  async publish(id) {
    try {
      await within(this.client.centrifuge.publish(this.channel, id),
        'an outcome', longest);
      return 'accepted';
    } catch (error) {
      return error.code === 111 ? 'refused' : 'unknown';
    }
  }
}

/** Publishes by plain WebSocket: its own echo or a notice tells the outcome. */
class PlainPublisher extends Publisher {
  constructor(...args) {
    super(...args);
    register(this);
  }

  async open() {
    const url = this.place.socketUrl(
      `/ws/${encodeURIComponent(this.channel)}?notices=P`);
    const socket = new WebSocket(url);
    this.socket = socket;
    socket.on('error', () => {});
    this.closed = new Promise((resolve) => socket.on('close', resolve));
    return Promise.race([
      new Promise((resolve) => socket.on('open', resolve)),
      this.closed.then(() => Promise.reject(new Error('no connection'))),
    ]);
  }

  async publish(id) {
    try {
      if (this.socket?.readyState !== WebSocket.OPEN) {
        await within(this.open(), 'a connection', longest);
      }
    } catch {
      return 'refused';
    }
    const { socket } = this;
    let listener;
    const outcome = new Promise((resolve) => {
      listener = (bytes) => {
        const said = JSON.parse(bytes.toString());
        if (said === id) resolve('accepted');
        if (said.rookery === 'publish') resolve(said.outcome);
      };
      socket.on('message', listener);
      this.closed.then(() => resolve('unknown'));
    });
    socket.send(JSON.stringify(id));
    try {
      return await within(outcome, 'an outcome', longest);
    } catch {
      // A late notice must not count for the next message.
      socket.terminate();
      return 'unknown';
    } finally {
      socket.off('message', listener);
    }
  }

  hangUp() {
    this.socket?.terminate();
  }
}

export const publishers = [HttpPublisher, CentrifugePublisher, PlainPublisher];
