// The figures read from a result of rookery-bench, and their formats.
const mebibyte = 1 << 20;

const difference = (after, before) =>
  after === undefined || before === undefined ? undefined : after - before;

const plain = (digits) => (value) => value.toFixed(digits);
const grouped = (value) => Math.round(value).toLocaleString('en-US');

export const figures = {
  cpu: {
    title: 'CPU µs per delivery',
    read: (result) => result.server?.cpu_us_per_delivery,
    show: plain(2),
  },
  deliveries: {
    title: 'deliveries/s',
    read: (result) => result.deliveries?.per_second,
    show: grouped,
  },
  messages: {
    title: 'messages/s',
    read: (result) => result.publications?.per_second,
    show: grouped,
  },
  p50: {
    title: 'p50 µs',
    read: (result) => result.latency_us?.p50,
    show: grouped,
  },
  p99: {
    title: 'p99 µs',
    read: (result) => result.latency_us?.p99,
    show: grouped,
  },
  memory: {
    title: 'RSS B per connection',
    read: (result) => result.server?.rss_per_connection,
    show: grouped,
  },
  idle: {
    title: 'idle CPU % of a core per 1,000 connections',
    read: (result) => result.server?.idle_cpu_percent_per_1000_connections,
    show: plain(3),
  },
  connects: {
    title: 'connects/s',
    read: (result) => result.connections?.per_second,
    show: grouped,
  },
  connect_cpu: {
    title: 'CPU µs per connection',
    read: (result) => result.server?.cpu_us_per_connection,
    show: plain(1),
  },
  refused: {
    title: 'refused',
    read: (result) => result.connections?.failed,
    show: grouped,
  },
  channel_memory: {
    title: 'RSS B per channel',
    read: (result) => result.server?.rss_per_channel,
    show: grouped,
  },
  connecting: {
    title: 'seconds until all are subscribed',
    read: (result) => result.connections?.seconds,
    show: plain(2),
  },
  redis_call: {
    title: 'Redis µs per PUBLISH or script',
    read: ({ redis }) =>
      (redis?.commands.evalsha ?? redis?.commands.publish)?.us_per_call,
    show: plain(1),
  },
  redis_cpu: {
    title: 'Redis CPU µs per publication',
    read: ({ redis }) => redis?.cpu_us_per_publication,
    show: plain(1),
  },
  recovered: {
    title: 'clients recovered',
    read: ({ recovery }) => recovery?.clients,
    show: grouped,
  },
  recovery: {
    title: 'seconds until nobody misses anything',
    read: ({ recovery }) => recovery?.seconds,
    show: plain(2),
  },
  recovery_cpu: {
    title: 'CPU µs per client recovered',
    read: ({ recovery }) => recovery?.cpu_us_per_client,
    show: plain(1),
  },
  reads: {
    title: 'reads of Redis',
    read: ({ recovery }) => recovery?.reads,
    show: grouped,
  },
  descriptors: {
    title: 'descriptors left',
    read: (result) => difference(
      result.server?.descriptors_after, result.server?.descriptors_before),
    show: grouped,
  },
  growth: {
    title: 'memory left, MiB',
    read: ({ server }) => {
      const bytes = difference(server?.rss_after, server?.rss_before);
      return bytes === undefined ? undefined : bytes / mebibyte;
    },
    show: plain(1),
  },
};

export function show(figure, value) {
  return value === undefined || value === null ? '–' : figures[figure].show(value);
}

/** The faults of a run as text; empty if all messages arrived once, in order.
 * */
export function faults({ connections = {}, deliveries = {}, complaint }) {
  const counts = {
    'connections refused': connections.failed,
    'connections closed': connections.closed,
    'deliveries lost': deliveries.lost,
    'deliveries duplicated': deliveries.duplicated,
    'deliveries out of order': deliveries.out_of_order,
  };
  const told = Object.entries(counts).filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} ${what}`);
  return complaint ? [...told, complaint.split('\n')[0]] : told;
}

export function median(values) {
  const sorted = values.filter(Number.isFinite)
    .sort((left, right) => left - right);
  if (sorted.length === 0) return undefined;
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}
