// The types of the answers in docs/admin.md.

export interface NodeName { id: string; name: string }

export interface Answer {
  scope?: 'cluster' | 'node';
  nodes?: NodeName[];
  silent?: NodeName[];
}

export interface Paged extends Answer { next?: string | number | null }

export type Fact = string | number | boolean | null;

export interface Actor {
  node: string; id: number; kind: string; loop?: number; age_seconds?: number;
  handled?: number; queued_messages?: number; queued_bytes?: number;
  last_error?: string; facts?: Record<string, Fact>;
}

export interface Drain {
  state: 'running' | 'paused' | 'done'; rate: number; closed: number;
  left: number;
}

export interface Gaps { found: number; filled: number; unfillable: number }

export interface NodeRow extends NodeName {
  self?: boolean; version: string; uptime_seconds: number; bus: string;
  ready: boolean; log_level: string; loops: number; drain: Drain | null;
  connections: Record<string, number>; clients: number; users: number;
  channels: number; subscriptions: number; actors: number;
  memory_bytes: number; queued_bytes: number; publications: number;
  deliveries: number; bytes_sent: number; slow_closes: number; gaps: Gaps;
  probe_round_trip_us?: number; probe_misses?: number;
}

export interface Gone extends NodeName { how: string; seconds_ago: number }

export interface NodesAnswer {
  scope?: 'cluster' | 'node'; nodes: NodeRow[]; silent?: NodeName[];
  gone?: Gone[];
}

export interface ChannelRow {
  name: string; members: number; publications: number; deliveries: number;
  per_second: number; gaps: number; nodes: number;
}

export interface ChannelAnswer extends Answer {
  channel: string; members: number; publications: number; per_second: number;
  options: Record<string, Fact>;
  history: { epoch: string; offset: number } | null;
  parts: Actor[];
}

export interface EventRow {
  node: string; at: number; loop?: number; what: string; connection?: number;
  user?: string; channel?: string; remote_address?: string; code?: number;
  reason?: string; offset?: number; bytes?: number; text?: string;
}

export interface UserAnswer extends Answer {
  user: string; connections: Actor[]; events: EventRow[];
}

export interface Bus extends Actor {
  drift?: { checked: number; missing: string[]; missing_total: number };
}

export interface TopAnswer extends Answer {
  channels: ChannelRow[]; connections: Actor[]; queues: Actor[];
}

export interface GapsAnswer extends Answer {
  totals: Gaps; channels: ChannelRow[]; events: EventRow[];
}

export interface Step {
  node: string; at: number; loop?: number; number?: number; offset?: number;
  bytes?: number; verdict?: string; loops?: number; dropped?: number;
  how?: string; members?: number; sent?: number;
}

export interface Mark {
  node: string; loop?: number; at: number; number?: number;
  connection?: number; what: string; detail?: string;
}

export interface MemberVerdict {
  node: string; loop?: number; connection: number; user?: string;
  since?: number; verdict: string; queued_bytes?: number;
}

export interface WhyAnswer extends Answer {
  channel: string; offset?: number; findings: string[]; published: Step[];
  received: Step[]; handled: Step[]; marks: Mark[]; members?: MemberVerdict[];
  refusals: EventRow[];
}
