// The scenarios of histories and of the Centrifuge protocol.
import { secret } from './token.mjs';

const scales = {
  full: { channels: 100_000, perConnection: 200, rate: 2000, held: 15_000,
    recovering: 100, rooms: 50, missed: 20 },
  quick: { channels: 2000, perConnection: 50, rate: 500, held: 1000,
    recovering: 20, rooms: 10, missed: 5 },
};

const history = { 'channel.history-size': 100, 'channel.history-ttl': '10min' };
const open = { 'centrifuge.insecure': true };

/** Loops of a node whose clients recover: each may read a channel once. */
const recoveryLoops = 2;

const number = (value) => value.toLocaleString('en-US');

/** Requirements of a run of 'recovery', apart from losing no message. */
function recoveryDemands({ recovery }, load) {
  const clients = load.channels * load.subscribers;
  const reads = load.channels * recoveryLoops;
  return [
    recovery.clients === clients
      ? undefined : `${recovery.clients} of ${clients} clients recovered`,
    recovery.reads <= reads
      ? undefined : `${recovery.reads} reads of Redis, ${reads} at most`,
  ].filter(Boolean);
}

function fanOuts({ fanOut, atMost }) {
  const plays = [
    ['centrifuge-fan-out', 'one message per turn', 1],
    ['centrifuge-fan-out-pipelined', '16 in flight', 16],
  ];
  return plays.map(([name, told, window]) => ({
    name,
    title: `Centrifuge (JSON) beside plain, 1 channel × ${fanOut.subscribers}, `
      + told,
    servers: ['rookery', 'rookery-centrifuge'], redis: false,
    variants: { 'rookery-centrifuge': { server: 'rookery', settings: open,
      load: { protocol: 'centrifuge' } } },
    figures: ['cpu', 'deliveries'],
    load: { ...fanOut, window },
    targets: [{ ...atMost('cpu', 1.3, 'rookery'), of: 'rookery-centrifuge' }],
  }));
}

const withHistory = { 'rookery-history':
  { server: 'rookery', settings: history } };

/** Figures of a variant that are compared with another's, without a target. */
const beside = (names, against, of) =>
  names.map((figure) => ({ figure, of, against }));

/** Scenarios built from `parts`: loads and targets shared with the others. */
export function centrifugeScenarios(quick, parts) {
  const scale = scales[quick ? 'quick' : 'full'];
  const { common, still, chat, chatRate, absolute } = parts;
  const groups = scale.channels / scale.perConnection;
  return [
    {
      name: 'chat-history',
      title: 'the chat with and without history, 100 publications per channel',
      servers: ['rookery', 'rookery-history'],
      variants: withHistory,
      figures: ['cpu', 'p50', 'p99', 'redis_call', 'redis_cpu'],
      load: { ...chat, rate: chatRate, redis: '{redis}' },
      targets: beside(['cpu', 'p50', 'p99', 'redis_call', 'redis_cpu'],
        'rookery', 'rookery-history'),
    },
    {
      name: 'one-to-one-history',
      title: 'one-to-one with and without history, 256 in flight',
      servers: ['rookery', 'rookery-history'],
      variants: withHistory,
      figures: ['messages', 'cpu', 'redis_call', 'redis_cpu'],
      load: { ...common, channels: 1, subscribers: 1, window: 256,
        redis: '{redis}' },
      targets: beside(['messages', 'redis_call', 'redis_cpu'],
        'rookery', 'rookery-history'),
    },
    ...fanOuts(parts),
    {
      name: 'many-channels',
      title: `${number(scale.channels)} channels on ${number(groups)} `
        + `connections through Redis, ${number(scale.rate)} messages/s`,
      servers: ['rookery', 'rookery-few'],
      settings: { ...open, 'centrifuge.channels-per-client':
        scale.perConnection },
      // The same connections with a channel each.
      variants: { 'rookery-few': { server: 'rookery',
        load: { channels: groups, 'channels-per-connection': 1 } } },
      figures: ['channel_memory', 'connecting', 'cpu', 'p99'],
      load: { ...common, protocol: 'centrifuge', channels: scale.channels,
        'channels-per-connection': scale.perConnection, subscribers: 1,
        rate: scale.rate, shuffled: true },
      targets: beside(['cpu', 'p99'], 'rookery-few'),
    },
    {
      name: 'recovery',
      title: `${number(scale.rooms * scale.recovering)} clients are cut, miss `
        + `${scale.missed} publications, and come back at once`,
      servers: ['rookery'], nodes: 2,
      settings: { ...open, ...history, 'node.loops': recoveryLoops },
      figures: ['recovered', 'recovery', 'reads', 'recovery_cpu'],
      load: { ...common, protocol: 'centrifuge', 'publish-node': '{other}',
        channels: scale.rooms, subscribers: scale.recovering,
        missed: scale.missed, rate: 200, redis: '{redis}' },
      targets: [absolute('reads', scale.rooms * recoveryLoops)],
      demands: recoveryDemands,
    },
    {
      name: 'idle-tokens',
      title: `idle, ${number(scale.held)} connections with tokens, `
        + 'each on the same two channels',
      servers: ['rookery'], redis: false,
      settings: { 'token.hmac-secrets': secret,
        'channel.allow-subscribe': true },
      figures: ['memory', 'connect_cpu'],
      load: { ...still, protocol: 'centrifuge', token: '{token}', channels: 2,
        'channels-per-connection': 2, subscribers: scale.held,
        duration: quick ? 0.2 : 1 },
      targets: [absolute('memory', 2000)],
    },
  ];
}
