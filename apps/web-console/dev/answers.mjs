// Answers of the made-up world to the questions in docs/admin.md.
import { channelCount } from './world.mjs';

export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const named = ({ id, name }) => ({ id, name });

const head = (world) => ({ scope: world.scope, nodes: world.nodes.map(named),
  silent: world.silent ?? [] });

function limitOf(query) {
  const limit = Number(query.limit ?? 100);
  if (!(limit >= 1 && limit <= 1000)) throw new Refusal(400, 'bad limit');
  return limit;
}

/** `rows` may be any iterable: no more is taken from it than one page. */
function page(rows, query, keyOf) {
  const limit = limitOf(query);
  const found = [];
  let more = false;
  for (const row of rows) {
    if (found.length === limit) {
      more = true;
      break;
    }
    found.push(row);
  }
  return { found, ...(more && { next: String(keyOf(found.at(-1))) }) };
}

const sizes = { mailbox: (row) => row.queued_messages,
  handled: (row) => row.handled, bytes: (row) => row.queued_bytes };

const isMember = (world, actor, channel) =>
  actor.facts.channel === channel || world.channelOf(actor.id) === channel;

function actors(world, query, name, kind = query.kind) {
  let rows = [...world.actors.values()];
  if (kind !== 'connection') rows.push(...parts(world, 'chat'), ...buses(world));
  if (kind) rows = rows.filter((row) => row.kind === kind);
  if (query.node) {
    const node = world.nodeOf(query.node);
    if (!node) throw new Refusal(404, 'no such node');
    rows = rows.filter((row) => row.node === node.id);
  }
  const { user, protocol, channel } = query;
  if (user) rows = rows.filter((row) => row.facts.user === user);
  if (protocol) rows = rows.filter((row) => row.facts.protocol === protocol);
  if (channel) rows = rows.filter((row) => isMember(world, row, channel));
  if (query.slow) rows = rows.filter((row) => row.queued_bytes > 0);
  if (sizes[query.sort]) {
    const size = sizes[query.sort];
    rows = rows.sort((a, b) => size(b) - size(a)).slice(0, limitOf(query));
  } else {
    rows = rows.filter((row) => row.id > Number(query.after ?? 0))
      .sort((a, b) => a.id - b.id);
  }
  const { found, next } = page(rows, query, (row) => row.id);
  return { ...head(world), [name]: found, next };
}

function* channelsAfter(world, query) {
  const names = world.sortedNames ??= Array.from({ length: channelCount },
    (_, index) => [world.channelName(index), index])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, index] of names) {
    if (query.after && name <= query.after) continue;
    if (!name.startsWith(query.prefix ?? '')) continue;
    yield world.channel(index);
  }
}

function channels(world, query) {
  const order = { members: 'members', publications: 'publications',
    rate: 'per_second' }[query.sort];
  if (order) {
    const rows = [...channelsAfter(world, { ...query, after: undefined })]
      .sort((a, b) => b[order] - a[order]).slice(0, limitOf(query));
    return { ...head(world), channels: rows };
  }
  const { found, next } = page(channelsAfter(world, query), query,
    (row) => row.name);
  return { ...head(world), channels: found, next };
}

function parts(world, name) {
  const offset = world.offsets.get(name) ?? 12_000;
  return world.nodes.flatMap((node, index) => [0, 1].map((loop) => ({
    node: node.id, id: 20_000 + loop, kind: 'channel', loop, age_seconds: 60,
    handled: offset, queued_messages: 0, queued_bytes: 0, last_error: '',
    facts: { name, members: 1250, epoch: 'kDx81',
      offset: index && loop ? offset - 3 : offset, per_second: 42,
      gaps_found: index, gaps_filled: index, gaps_unfillable: 0 } })));
}

const buses = (world) => world.nodes.map((node, index) => ({ node: node.id,
  id: 3, kind: 'redis_bridge', loop: 0, age_seconds: 600, handled: 90_000,
  queued_messages: 0, queued_bytes: 0, last_error: '',
  facts: { subscribe_link: 'up', publish_link: index ? 'connecting' : 'up',
    ready: !index, channels: 50_000, wanted: 50_001, confirmed: 50_001 - index,
    probe_round_trip_us: 410, probe_misses: index, probe_age_ms: 1200,
    unanswered: 0, unanswered_bytes: 0, received: 12_000 } }));

function channel(world, { name }) {
  if (!name) throw new Refusal(400, 'name is missing');
  const known = name === 'chat' || /^(room|news):\d{6}$/.test(name);
  return { ...head(world), channel: name, members: known ? 5000 : 0,
    publications: 12_000, per_second: known ? 42 : 0,
    options: { namespace: name.split(':')[1] ? name.split(':')[0] : '',
      history_size: 100, history_ttl_seconds: 300, presence: false,
      allow_subscribe: true, allow_publish: false },
    history: { epoch: 'kDx81', offset: world.offsets.get(name) ?? 12_000 },
    parts: known ? parts(world, name) : [] };
}

function events(world, query, kinds) {
  let rows = world.events;
  for (const key of ['what', 'user', 'channel']) {
    if (query[key]) rows = rows.filter((row) => row[key] === query[key]);
  }
  if (query.connection) {
    rows = rows.filter((row) => row.connection === Number(query.connection));
  }
  if (query.node) {
    rows = rows.filter((row) => row.node === world.nodeOf(query.node)?.id);
  }
  if (kinds) rows = rows.filter(({ what }) => kinds.includes(what));
  const start = Number(query.after ?? 0);
  const { found, next } = page(rows.slice(start), query, () => 0);
  return { ...head(world), events: found,
    ...(next && { next: String(start + found.length) }) };
}

function why(world, query) {
  if (!query.channel) throw new Refusal(400, 'channel is missing');
  const offset = Number(query.offset ?? world.offsets.get(query.channel)
    ?? 12_000);
  const at = Date.now() - 30_000;
  const [a, b] = world.nodes;
  const one = query.offset || query.connection || query.user;
  return { ...head(world), channel: query.channel, offset,
    findings: [`offset ${offset} was published on a:8080 and accepted`,
      'it reached 2 of 2 nodes with members',
      '91@b:8080 was cut: slow_consumer'],
    published: [{ node: a.id, at, offset, bytes: 11, verdict: 'accepted' }],
    received: world.nodes.map((node, i) => ({ node: node.id, at: at + 1 + i,
      offset, bytes: 11, loops: 2, dropped: 0 })),
    handled: world.nodes.flatMap((node, i) => [0, 1].map((loop) => ({
      node: node.id, loop, at: at + 2 + i, number: 40, offset, bytes: 11,
      how: 'live', members: 10, sent: 10 - i * loop, dropped: i * loop }))),
    marks: [{ node: b.id, loop: 1, at: at + 3, number: 40, connection: 91,
      what: 'dropped', detail: 'slow_consumer' }],
    ...(one && { members: [1, 2, 3, 91].map((connection) => ({ node: b.id,
      loop: 1, connection, user: `user-${connection}`, since: 12,
      verdict: connection === 91 ? 'dropped' : 'sent', queued_bytes: 0 })) }),
    refusals: events(world, { channel: query.channel, what: 'refused' }).events };
}

export const questions = {
  '/api/nodes': (world) => ({ scope: world.scope,
    nodes: world.nodes.map((node, index) => world.nodeRow(node, index)),
    silent: world.silent ?? [],
    gone: [{ id: '9a12', name: 'c:8080', how: 'silent', seconds_ago: 42 },
      { id: '7712', name: 'd:8080', how: 'left', seconds_ago: 1900 }] }),
  '/api/actors': (world, query) => actors(world, query, 'actors'),
  '/api/connections': (world, query) =>
    actors(world, query, 'connections', 'connection'),
  '/api/channels': channels,
  '/api/channel': channel,
  '/api/events': events,
  '/api/user': (world, { id }) => ({ ...head(world), user: id,
    connections: actors(world, { user: id }, 'rows', 'connection').rows,
    events: events(world, { user: id }).events }),
  '/api/bridge': (world, query) => ({ ...head(world),
    buses: buses(world).map((bus, index) => query.drift ? { ...bus,
      drift: { checked: 50_000, missing: index ? ['chat'] : [],
        missing_total: index } } : bus) }),
  '/api/top': (world, query) => ({ ...head(world),
    channels: channels(world, { sort: 'rate', limit: query.limit ?? 10 })
      .channels,
    connections: [...world.actors.values()].sort((a, b) =>
      b.facts.round_trip_us - a.facts.round_trip_us).slice(0, 10),
    queues: actors(world, { sort: 'bytes', limit: 10 }, 'rows').rows }),
  '/api/gaps': (world) => ({ ...head(world),
    totals: { found: 8, filled: 6, unfillable: 2 },
    channels: [7, 5010].map((index) => world.channel(index)),
    events: events(world, {}, ['gap', 'repaired', 'lost']).events }),
  '/api/why': why,
  '/api/drain': (world, query) => {
    const node = world.nodeOf(query.node) ?? world.nodes[0];
    return { node: node.id, drain: node.drain };
  },
};

export function actor(world, id, query) {
  const node = world.nodeOf(query.node) ?? world.nodes[0];
  const found = world.actors.get(`${node.id} ${id}`)
    ?? [...parts(world, 'chat'), ...buses(world)].find(
      (row) => row.node === node.id && row.id === Number(id));
  if (!found) throw new Refusal(404, 'no such actor');
  return { ...head(world), actor: found };
}

function clientsOf(world, user) {
  return [...world.actors].filter(([, row]) => row.facts.user === user);
}

export const actions = {
  '/api/kick': (world, { connection, node }) => {
    const id = (world.nodeOf(node) ?? world.nodes[0]).id;
    if (!world.actors.delete(`${id} ${connection}`)) {
      throw new Refusal(404, 'no such connection');
    }
    return { clients: 1 };
  },
  '/api/disconnect-user': (world, { user }) => {
    const clients = clientsOf(world, user);
    for (const [key] of clients) world.actors.delete(key);
    return { clients: clients.length };
  },
  '/api/unsubscribe': (world, { user }) =>
    ({ clients: clientsOf(world, user).length }),
  '/api/publish': (world, { channel: name, text, data }) => ({
    offset: world.publish(name, text ?? JSON.stringify(data)),
    epoch: 'kDx81' }),
  '/api/bridge/reconcile': () => ({ renewed: 1 }),
  '/api/log-level': (world, { level, node }) => {
    for (const each of world.nodes) {
      if (!node || each === world.nodeOf(node)) each.level = level;
    }
    return { level };
  },
  '/api/drain': (world, { node: name, do: what, rate }) => {
    const node = world.nodeOf(name);
    if (!node) throw new Refusal(404, 'no such node');
    if (what === 'start') {
      node.drain = { closed: 0, left: 7500, ...node.drain, state: 'running',
        rate: rate ?? 100 };
    } else if (what === 'cancel') node.drain = null;
    else node.drain.state = what === 'pause' ? 'paused' : 'running';
    return { node: node.id, drain: node.drain };
  },
};
