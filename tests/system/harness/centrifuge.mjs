// Clients of the npm package `centrifuge` whose events can be awaited.
import { createHmac } from 'node:crypto';
import { Centrifuge } from 'centrifuge';
import WebSocket from 'ws';
import { eventually, within } from './deadline.mjs';
import { register } from './cleanup.mjs';

export const secret = 'a secret of more than thirty-two bytes';

const encoded = (what) => Buffer.from(JSON.stringify(what))
  .toString('base64url');

/** A token (JWT, HS256) that says `claims`. */
export function token(claims) {
  const text = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(claims)}`;
  const signature = createHmac('sha256', secret).update(text)
    .digest('base64url');
  return `${text}.${signature}`;
}

/** Seconds from now, as tokens count time. */
export const inSeconds = (seconds) => Math.floor(Date.now() / 1000) + seconds;

class Client {
  constructor(url, options) {
    this.sockets = [];
    const { sockets } = this;
    this.events = [];
    this.centrifuge = new Centrifuge(url, {
      websocket: class extends WebSocket {
        constructor(...args) {
          super(...args);
          sockets.push(this);
        }
      },
      minReconnectDelay: 50,
      maxReconnectDelay: 200,
      ...options,
    });
    for (const event of ['connected', 'connecting', 'disconnected']) {
      this.centrifuge.on(event, (what) => this.events.push({ event, ...what }));
    }
    this.centrifuge.on('error', () => {});
  }

  async connected() {
    this.centrifuge.connect();
    await within(this.centrifuge.ready(), 'a connection');
    return this;
  }

  /** The end of the connection for good, as `{ code, reason }`. */
  async disconnected() {
    await eventually(() => this.centrifuge.state === 'disconnected',
      'the end of the connection');
    return this.events.findLast(({ event }) => event === 'disconnected');
  }

  /** Subscribes; `sub.seen` collects what happens there. */
  async subscribe(channel, options = {}) {
    const sub = this.centrifuge.newSubscription(channel, options);
    sub.seen = [];
    sub.told = [];
    sub.on('publication', (what) => sub.seen.push(what));
    for (const event of ['join', 'leave', 'subscribed', 'subscribing',
      'unsubscribed', 'error']) {
      sub.on(event, (what) => sub.told.push({ event, ...what }));
    }
    sub.subscribe();
    await within(sub.ready(), `a subscription to ${channel}`);
    return sub;
  }

  /** The network fails: the client does not know why, and comes back. */
  cut() {
    this.sockets.at(-1).terminate();
  }

  hangUp() {
    this.centrifuge.disconnect();
  }
}

/** A client that does not connect yet. */
export function centrifuge(node, options = {}) {
  return register(new Client(node.socketUrl('/connection/websocket'), options));
}

/** Waits until `sub` has seen `count` publications and returns their data. */
export async function dataOf(sub, count) {
  await eventually(() => sub.seen.length >= count,
    () => `${count} publications, ${sub.seen.length} came`);
  return sub.seen.map(({ data }) => data);
}

/** Waits until `sub` was told of `event`. */
export async function told(sub, event) {
  let found;
  await eventually(() => {
    found = sub.told.find((each) => each.event === event);
    return found;
  }, () => `${event}, not only ${JSON.stringify(sub.told)}`);
  return found;
}
