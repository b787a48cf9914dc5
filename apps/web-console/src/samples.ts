// Counters of the nodes over the last minutes, as rates.
import { Store } from './store';
import type { NodeRow } from './types';

export const metrics = ['connections', 'publications', 'deliveries',
  'bytes'] as const;
export type Metric = typeof metrics[number];

type Values = Record<Metric, number | null>;

interface Sample { at: number; nodes: Map<string, Values> }

const kept = 300;
/** A longer silence is a hole in the line, not a slope. */
const longest = 6_000;

let samples: Sample[] = [];
let last = new Map<string, { at: number; row: NodeRow }>();

/** The number of samples taken; charts subscribe to it. */
export const taken = new Store(0);

/** Nodes by name: a restarted node has a new id, and continues its line. */
function labels(rows: NodeRow[]) {
  const count = new Map<string, number>();
  for (const { name } of rows) count.set(name, (count.get(name) ?? 0) + 1);
  return (row: NodeRow) => count.get(row.name)! > 1
    ? `${row.name} ${row.id.slice(0, 6)}` : row.name;
}

/** Null if the counter went back or the node had no recent sample. */
function rate(now: number, before: number | undefined, seconds: number) {
  if (before === undefined || now < before || seconds <= 0) return null;
  return (now - before) / seconds;
}

export function record(rows: NodeRow[], at: number) {
  const previous = samples[samples.length - 1];
  if (previous && at - previous.at < 400) return;
  if (previous && at - previous.at > longest) {
    samples.push({ at: previous.at + 1_000, nodes: new Map() });
    last = new Map();
  }
  const label = labels(rows);
  const nodes = new Map<string, Values>();
  const next: typeof last = new Map();
  for (const row of rows) {
    const before = last.get(row.id);
    const seconds = before ? (at - before.at) / 1_000 : 0;
    const was = before?.row;
    nodes.set(label(row), {
      connections: row.clients,
      publications: rate(row.publications, was?.publications, seconds),
      deliveries: rate(row.deliveries, was?.deliveries, seconds),
      bytes: rate(row.bytes_sent, was?.bytes_sent, seconds),
    });
    next.set(row.id, { at, row });
  }
  last = next;
  samples = [...samples, { at, nodes }].slice(-kept);
  taken.set(taken.get() + 1);
}

/** Names of all nodes in the samples, in a stable order. */
export function lines() {
  const found = new Set<string>();
  for (const { nodes } of samples) {
    for (const name of nodes.keys()) found.add(name);
  }
  return [...found].sort();
}

/** Unix times in seconds, then one list of values for each name. */
export function columns(metric: Metric, names: string[]) {
  return [samples.map(({ at }) => at / 1_000),
    ...names.map((name) => samples.map(
      ({ nodes }) => nodes.get(name)?.[metric] ?? null))];
}

export function latest(metric: Metric, name: string) {
  return samples[samples.length - 1]?.nodes.get(name)?.[metric] ?? null;
}
