// The scenarios: the load, the figures to read, and the targets.
import { centrifugeScenarios } from './centrifuge_scenarios.mjs';
import { servers } from './options.mjs';

/** Seconds and sizes of a full run, and of a quick one. */
const scales = {
  full: {
    warmup: 1, duration: 4, settle: 1, members: 1000, chats: 500,
    chatRate: 2000, held: 15_000, pings: 27, storm: 10_000, come: 100_000,
    rooms: 100, subscribers: [100, 1000, 10_000],
    channels: [10, 100, 1000, 15_000],
  },
  quick: {
    warmup: 0.2, duration: 0.5, settle: 0.3, members: 200, chats: 50,
    chatRate: 500, held: 1000, pings: 1, storm: 1000, come: 2000,
    rooms: 20, subscribers: [100, 400], channels: [10, 200],
  },
};

const atMost = (figure, factor, against) =>
  ({ figure, relation: '≤', factor, against });
const atLeast = (figure, factor, against) =>
  ({ figure, relation: '≥', factor, against });
const lower = (figure, against) =>
  ({ figure, relation: '<', factor: 1, against });
const flat = (figure) => ({ figure, relation: '≤', factor: 1.2, flat: true });
const absolute = (figure, bound) => ({ figure, relation: '≤', bound });

const own = ['limit', 'rookery'];

/** The scenarios in order; `{node}`, `{other}`, `{redis}` are addresses. */
export function scenarios(quick) {
  const scale = scales[quick ? 'quick' : 'full'];
  const timing = { warmup: scale.warmup, duration: scale.duration,
    settle: scale.settle };
  const common = { node: '{node}', ...timing };
  const fanOut = { ...common, channels: 1, subscribers: scale.members };
  const chat = { ...common, channels: scale.chats, subscribers: 10 };
  const still = { ...common, publishers: 0, warmup: 0 };
  return [
    {
      name: 'fan-out',
      title: `fan-out, 1 channel × ${scale.members}, one message per turn`,
      servers: own, redis: false, figures: ['cpu', 'deliveries'],
      load: { ...fanOut, window: 1 },
      targets: [atMost('cpu', 1.15, 'limit')],
    },
    {
      name: 'fan-out-pipelined',
      title: `fan-out, 1 channel × ${scale.members}, 16 in flight`,
      servers: own, redis: false, figures: ['cpu', 'deliveries'],
      load: { ...fanOut, window: 16 },
      targets: [atMost('cpu', 1.4, 'limit')],
    },
    {
      name: 'fan-out-redis',
      title: 'the first row through Redis',
      servers, figures: ['cpu', 'deliveries'],
      load: { ...fanOut, window: 1 },
      targets: [],
    },
    {
      name: 'fan-out-redis-pipelined',
      title: 'the second row through Redis',
      servers, figures: ['cpu', 'deliveries'],
      load: { ...fanOut, window: 16 },
      targets: [],
    },
    {
      name: 'chat',
      title: `chat through Redis, ${scale.chats} channels × 10, `
        + `${(scale.chatRate * 10).toLocaleString('en-US')} deliveries/s`,
      servers, figures: ['cpu', 'p50', 'p99'],
      load: { ...chat, rate: scale.chatRate },
      targets: [atMost('cpu', 0.75, 'nchan'), atMost('cpu', 0.45, 'ws-redis'),
        lower('p99', 'nchan'), lower('p99', 'ws-redis')],
    },
    {
      name: 'chat-closed',
      title: 'the same channels, closed loop, every member publishes',
      servers, figures: ['deliveries', 'cpu'],
      // With one publisher per channel the servers would wait for the loader.
      load: { ...chat, publishers: chat.subscribers, window: 1 },
      targets: [atLeast('deliveries', 2, 'nchan'),
        atLeast('deliveries', 3.5, 'ws-redis')],
    },
    {
      name: 'two-nodes',
      title: 'client → Redis → client across two nodes, 500 messages/s',
      servers, nodes: 2, figures: ['p50', 'p99', 'cpu'],
      load: { ...common, 'publish-node': '{other}', channels: 10,
        subscribers: 1, rate: 500 },
      targets: [atMost('p50', 1.1, 'nchan'), atMost('p99', 1.1, 'nchan'),
        lower('p50', 'ws-redis'), lower('p99', 'ws-redis')],
    },
    {
      name: 'one-to-one',
      title: 'one publisher → Redis → one subscriber, 256 in flight',
      servers: [...servers, 'hiredis'], figures: ['messages', 'cpu'],
      // One client publishes and subscribes: like hiredis, every server gets a
      // message once and delivers it once.
      load: { ...common, channels: 1, subscribers: 1, window: 256 },
      targets: [atLeast('messages', 0.5, 'hiredis')],
    },
    {
      name: 'one-to-one-apart',
      title: 'the same with two clients, both of which hear it',
      servers: [...servers, 'hiredis'], figures: ['messages', 'cpu'],
      load: { ...common, 'publish-node': '{node}', channels: 1,
        subscribers: 1, window: 256 },
      targets: [],
    },
    {
      name: 'redis-fan-out',
      title: 'PUBLISH in Redis → 100 subscribers, 256 in flight',
      servers: ['limit', 'rookery', 'ws-redis'],
      figures: ['deliveries', 'cpu'],
      load: { ...common, 'publish-node': '{redis}',
        'publish-protocol': 'redis', channels: 1, subscribers: 100,
        window: 256 },
      targets: [atLeast('deliveries', 25, 'ws-redis')],
    },
    {
      name: 'idle-shared',
      title: `idle, ${scale.held.toLocaleString('en-US')} connections `
        + 'on one channel, pings on',
      servers, figures: ['memory', 'idle'],
      load: { ...still, channels: 1, subscribers: scale.held,
        duration: scale.pings },
      targets: [absolute('memory', 1000), absolute('idle', 0.1)],
    },
    {
      name: 'idle-own',
      title: `idle, ${scale.held.toLocaleString('en-US')} connections, `
        + 'each with its own channel',
      servers, figures: ['memory'],
      load: { ...still, channels: scale.held, subscribers: 1,
        duration: Math.min(1, scale.pings) },
      targets: [absolute('memory', 2600)],
    },
    {
      name: 'connect-storm',
      title: `connect storm, ${scale.storm.toLocaleString('en-US')} `
        + 'as fast as they come',
      servers, figures: ['connect_cpu', 'connects', 'refused'],
      load: { ...still, channels: scale.rooms,
        subscribers: scale.storm / scale.rooms, connecting: 256, duration: 0.2 },
      targets: [atMost('connect_cpu', 0.4, 'nchan'),
        atLeast('connects', 2, 'nchan'), absolute('refused', 0)],
    },
    {
      name: 'growth-subscribers',
      title: 'growth, subscribers of one channel',
      servers: own, figures: ['cpu', 'deliveries'],
      load: { ...common, channels: 1, window: 1 },
      steps: { subscribers: scale.subscribers },
      targets: [flat('cpu')],
    },
    {
      name: 'growth-channels',
      title: 'growth, channels of one subscriber, 5,000 messages/s',
      servers: own, figures: ['cpu', 'memory'],
      load: { ...common, subscribers: 1, rate: quick ? 1000 : 5000 },
      steps: { channels: scale.channels },
      targets: [flat('cpu')],
    },
    {
      name: 'churn',
      title: `churn, ${scale.come.toLocaleString('en-US')} connections `
        + 'come and go',
      servers, figures: ['descriptors', 'growth', 'connects'],
      load: { ...common, channels: scale.rooms, subscribers: 10,
        churn: scale.come },
      targets: [absolute('descriptors', 0), absolute('growth', 24)],
    },
    ...centrifugeScenarios(quick, { common, still, fanOut, chat,
      chatRate: scale.chatRate, atMost, absolute }),
  ];
}

/** The runs of a scenario: its one load, or one for each step. */
export function runsOf({ load, steps }) {
  if (!steps) return [{ load }];
  const [[option, values]] = Object.entries(steps);
  return values.map((step) => ({ step, load: { ...load, [option]: step } }));
}
