// A made-up cluster that changes over time: two nodes, 15,000 connections,
// 100,000 channels. Only requested data is computed.

const random = (seed) => {
  let x = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
};

export const channelCount = 100_000;

export class World {
  constructor({ scope = 'cluster', connections = 15_000 } = {}) {
    this.scope = scope;
    this.begun = Date.now();
    this.nodes = ['a:8080', 'b:8080'].map((name, index) => ({
      id: `${index ? '9c' : '5f'}31aa07d2e84b${index}6`, name,
      level: 'info', drain: null, restarted: Date.now() - index * 90_000,
    }));
    this.events = [];
    this.watchers = new Set();
    this.actors = new Map();
    for (let id = 1; id <= connections; ++id) this.connect(id);
    for (let i = 0; i < 300; ++i) this.happen(Date.now() - (300 - i) * 700, i);
    this.offsets = new Map();
    this.timer = setInterval(() => this.tick(), 500);
    this.ticks = 0;
  }

  stop() {
    clearInterval(this.timer);
  }

  connect(id) {
    const share = random(id);
    const protocol = share < 0.8 ? 'centrifuge' : share < 0.95 ? 'plain' : 'sse';
    const node = this.nodes[id % 2];
    const user = share < 0.7 ? `user-${id % 9000}` : '';
    const common = { protocol, user, delivered: id % 997,
      remote_address: `127.0.${id % 250}.${id % 199 + 1}`,
      round_trip_us: Math.round(200 + random(id + 7) ** 8 * 900_000) };
    const facts = protocol === 'centrifuge'
      ? { ...common, client: `c-${id}`, connected: true, subscriptions: 2,
        waiting: 0, unreported_gaps: 0 }
      : { ...common, channel: this.channelOf(id), open: true };
    this.actors.set(`${node.id} ${id}`, { node: node.id, id,
      kind: 'connection', loop: id % 2, age_seconds: id % 5000,
      handled: id * 3, queued_messages: id % 500 === 0 ? 3 : 0,
      queued_bytes: id % 400 === 0 ? 1000 * (id % 1000) : 0, last_error: '',
      facts });
  }

  channelOf(id) {
    return id % 3 === 0 ? 'chat' : this.channelName(id * 13 % channelCount);
  }

  channelName(index) {
    if (index === 0) return 'chat';
    return index % 4 === 1
      ? `news:${String(index).padStart(6, '0')}`
      : `room:${String(index).padStart(6, '0')}`;
  }

  channel(index) {
    const members = index === 0 ? 5000 : Math.floor(random(index) ** 6 * 900) + 1;
    const rate = index === 0 ? 42 : Math.floor(random(index + 3) ** 9 * 30);
    const publications = index + Math.floor(this.seconds * rate);
    return { name: this.channelName(index), members, publications,
      deliveries: publications * members, per_second: rate,
      gaps: index % 5003 === 7 ? 2 : 0, nodes: members > 1 ? 2 : 1 };
  }

  get seconds() {
    return (Date.now() - this.begun) / 1000;
  }

  nodeRow(node, index) {
    const up = (Date.now() - node.restarted) / 1000;
    const mine = [...this.actors.values()].filter(
      (actor) => actor.node === node.id);
    const wave = 1 + 0.3 * Math.sin(this.seconds / 8 + index);
    const publications = Math.floor(up * 400 + 900 * wave);
    return { id: node.id, name: node.name, self: index === 0,
      version: '0.1.0', uptime_seconds: Math.floor(up), bus: 'redis',
      ready: !node.drain, log_level: node.level, loops: 2,
      drain: node.drain && { ...node.drain },
      connections: { plain: 1100 + index, sse: 350, centrifuge: 6000 },
      clients: mine.length - (node.drain?.closed ?? 0), users: 4480,
      channels: 50_000, subscriptions: 15_900, actors: mine.length + 50_004,
      memory_bytes: 141_000_000, queued_bytes: 12_000 * index, publications,
      deliveries: publications * 20, bytes_sent: publications * 900,
      slow_closes: index, gaps: { found: 4, filled: 3, unfillable: 1 },
      probe_round_trip_us: Math.floor(380 + 90 * wave), probe_misses: 0 };
  }

  /** Adds a random event. */
  happen(at = Date.now(), seed = this.events.length) {
    const kinds = ['connected', 'subscribed', 'subscribed', 'refused', 'closed',
      'unsubscribed', 'dropped', 'gap', 'repaired', 'lost'];
    const what = kinds[Math.floor(random(seed * 31 + 5) * kinds.length)];
    const id = Math.floor(random(seed) * 15_000) + 1;
    const node = this.nodes[id % 2];
    const told = { refused: [103, 'permission denied'],
      closed: [3000, 'connection closed'], dropped: [3008, 'slow'],
      gap: [0, 'offset 12001 after 11998'] }[what];
    this.tell({ node: node.id, at, loop: id % 2, what, connection: id,
      user: `user-${id % 9000}`,
      channel: what === 'connected' || what === 'closed' ? ''
        : this.channelOf(id),
      remote_address: `127.0.${id % 250}.1`,
      code: told?.[0] ?? 0, reason: told?.[1] ?? '' });
  }

  tell(event) {
    this.events.unshift(event);
    this.events.length = Math.min(this.events.length, 4096);
    for (const hear of this.watchers) hear(event);
  }

  tick() {
    this.ticks += 1;
    if (this.ticks % 3 === 0) this.happen();
    this.publish('chat', `message ${this.ticks} of a busy channel`);
    for (const node of this.nodes) {
      const { drain } = node;
      if (drain?.state !== 'running') continue;
      const step = Math.min(drain.left, Math.ceil(drain.rate / 2));
      drain.closed += step;
      drain.left -= step;
      if (drain.left === 0) drain.state = 'done';
    }
  }

  publish(channel, text) {
    const offset = (this.offsets.get(channel) ?? 12_000) + 1;
    this.offsets.set(channel, offset);
    const event = { what: 'published', node: this.nodes[0].id, at: Date.now(),
      channel, offset, bytes: Buffer.byteLength(text),
      text: text.slice(0, 200) };
    for (const hear of this.watchers) hear(event);
    return offset;
  }

  nodeOf(name) {
    return this.nodes.find((node) => node.id === name || node.name === name);
  }
}
