// Clients of the npm package `centrifuge` whose events can be awaited.
import { createHmac } from 'node:crypto';
import { Centrifuge } from 'centrifuge';
import WebSocket from 'ws';
import { eventually, within } from './deadline.mjs';
import { register } from './cleanup.mjs';

export const secret = 'a secret of more than thirty-two bytes';

const encoded = (what) => Buffer.from(JSON.stringify(what))
  .toString('base64url');

/** A token (JWT, HS256) with `claims`. */
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

  /** The first loss of the connection that had that code. */
  async lost(code) {
    const found = () => this.events.find((each) => each.code === code);
    await eventually(found, () => `${code}, not only ${
      JSON.stringify(this.events)}`);
    return found();
  }

  /** The end of the connection for good, as `{ code, reason }`. */
  async disconnected() {
    await eventually(() => this.centrifuge.state === 'disconnected',
      'the end of the connection');
    return this.events.findLast(({ event }) => event === 'disconnected');
  }

  /** `sub.seen` and `sub.told` collect what happens there, `story` all. */
  watch(channel, options = {}) {
    const sub = this.centrifuge.newSubscription(channel, options);
    sub.seen = [];
    sub.told = [];
    sub.story = [];
    sub.on('publication', (what) => {
      sub.seen.push(what);
      sub.story.push(what);
    });
    for (const event of ['join', 'leave', 'subscribed', 'subscribing',
      'unsubscribed', 'error']) {
      sub.on(event, (what) => {
        sub.told.push({ event, ...what });
        sub.story.push({ event, ...what });
      });
    }
    sub.subscribe();
    return sub;
  }

  /** The same, and waits until it is subscribed. */
  async subscribe(channel, options = {}) {
    const sub = this.watch(channel, options);
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

/** Waits until `sub` was told of `event`, with the members of `has` if given.
 * */
export async function told(sub, event, has = () => true, milliseconds) {
  const found = () =>
    sub.told.find((each) => each.event === event && has(each));
  await eventually(found,
    () => `${event}, not only ${JSON.stringify(sub.told)}`, milliseconds);
  return found();
}

/** The publications that a subscriber of numbered ones lost or got twice
 * without a notice, as sentences; one epoch is told as `subscribed` with
 * recovered false. */
export function silentLosses(sub) {
  const broken = [];
  let last;
  let excused = false;
  let epoch;
  for (const what of sub.story) {
    if (what.event === 'subscribed') {
      const { wasRecovering, recovered, streamPosition } = what;
      if (wasRecovering && !recovered) excused = true;
      if (recovered && epoch !== streamPosition?.epoch) {
        broken.push(`recovered into ${streamPosition?.epoch} from ${epoch}`);
      }
      epoch = streamPosition?.epoch;
    } else if (!what.event) {
      if (what.data <= last) broken.push(`${what.data} follows ${last}`);
      if (last !== undefined && what.data > last + 1 && !excused) {
        broken.push(`between ${last} and ${what.data} in silence`);
      }
      last = what.data;
      excused = false;
    }
  }
  return broken;
}

/** Settings of a namespace whose clients may do everything. */
export function open(name, more = {}) {
  const options = { 'allow-subscribe': true, 'allow-publish': true,
    'allow-presence': true, 'allow-history': true, ...more };
  return Object.fromEntries(Object.entries(options).map(
    ([key, value]) => [`namespace.${name}.${key}`, value]));
}
