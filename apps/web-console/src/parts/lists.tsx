// Tables that several pages show.
import { kick } from '../actions';
import { bytes, fact, microseconds, none, number } from '../format';
import type { Actor, ChannelRow, EventRow } from '../types';
import { ActionButton } from './action_dialog';
import { ActorLink, Badge, ChannelLink, ConnectionLink, NodeLabel, Time,
  UserLink } from './links';
import type { Tone } from './links';
import { Table } from './table';
import type { Column } from './table';

export const rowKey = ({ node, id }: Actor) => `${node} ${id}`;

const tones: Record<string, Tone> = { refused: 'bad', dropped: 'bad',
  lost: 'bad', gap: 'wait', repaired: 'good', connected: 'good',
  subscribed: 'good' };

export const What = ({ what }: { what: string }) =>
  <Badge tone={tones[what] ?? 'quiet'}>{what}</Badge>;

/** The key of an event: its time and its contents, because events have no ids.
 * */
export const eventKey = (event: EventRow) => [event.node, event.loop, event.at,
  event.what, event.connection, event.channel, event.offset].join(' ');

/** Gives repeated keys a number, so that each row has one of its own. */
export function uniqueKeys<Row>(rows: Row[], keyOf: (row: Row) => string) {
  const seen = new Map<string, number>();
  const keys = new Map<Row, string>();
  // Count from the oldest: numbers stay the same when newer rows are added.
  for (const row of [...rows].reverse()) {
    const key = keyOf(row);
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    keys.set(row, count ? `${key} ${count}` : key);
  }
  return (row: Row) => keys.get(row)!;
}

export function Events({ caption, rows, empty, hideCaption }: {
  caption: string; rows: EventRow[]; empty?: string; hideCaption?: boolean;
}) {
  const columns: Column<EventRow>[] = [
    { head: 'When', cell: ({ at }) => <Time at={at} /> },
    { head: 'What', cell: ({ what }) => <What what={what} /> },
    { head: 'Channel', cell: ({ channel }) => <ChannelLink name={channel} /> },
    { head: 'User', cell: ({ user }) => <UserLink id={user} /> },
    { head: 'Connection', right: true, cell: ({ node, connection }) =>
      <ConnectionLink node={node} id={connection || undefined} /> },
    { head: 'Reason', cell: ({ code, reason }) =>
      <span class="wrap">{[code || '', reason].filter(Boolean).join(' ')
        || none}</span> },
    { head: 'Address', cell: ({ remote_address: from }) => from || none },
    { head: 'Node', cell: ({ node }) => <NodeLabel id={node} /> },
  ];
  return <Table caption={caption} columns={columns} rows={rows}
    keyOf={uniqueKeys(rows, eventKey)} empty={empty ?? 'No events.'}
    hideCaption={hideCaption} />;
}

export function Channels({ caption, rows, empty }: {
  caption: string; rows: ChannelRow[]; empty?: string;
}) {
  const columns: Column<ChannelRow>[] = [
    { head: 'Channel', cell: ({ name }) => <ChannelLink name={name} /> },
    { head: 'Members', right: true, cell: (row) => number(row.members) },
    { head: 'Per second', right: true, cell: (row) => number(row.per_second) },
    { head: 'Publications', right: true,
      cell: (row) => number(row.publications) },
    { head: 'Deliveries', right: true, cell: (row) => number(row.deliveries) },
    { head: 'Gaps', right: true, cell: ({ gaps }) => gaps > 0
      ? <Badge tone="wait">{number(gaps)}</Badge> : number(gaps) },
    { head: 'Nodes', right: true, cell: (row) => number(row.nodes) },
  ];
  return <Table caption={caption} columns={columns} rows={rows}
    keyOf={({ name }) => name} empty={empty ?? 'No channels.'} />;
}

const facts = (row: Actor) => row.facts ?? {};

export function Connections({ caption, rows, empty, more }: {
  caption: string; rows: Actor[]; empty?: string;
  /** Buttons beside the one that kicks. */
  more?: (row: Actor) => preact.ComponentChildren;
}) {
  const columns: Column<Actor>[] = [
    { head: 'Connection', right: true,
      cell: ({ node, id }) => <ConnectionLink node={node} id={id} /> },
    { head: 'User', cell: (row) => <UserLink id={facts(row).user} /> },
    { head: 'Protocol', cell: (row) => fact('protocol', facts(row).protocol) },
    { head: 'In', cell: (row) => typeof facts(row).channel === 'string'
      ? <ChannelLink name={facts(row).channel} />
      : `${number(facts(row).subscriptions)} channel${
        facts(row).subscriptions === 1 ? '' : 's'}` },
    { head: 'Queued', right: true, cell: ({ queued_bytes: queued }) =>
      queued ? <Badge tone="wait">{bytes(queued)}</Badge> : bytes(queued) },
    { head: 'Round trip', right: true,
      cell: (row) => microseconds(facts(row).round_trip_us || null) },
    { head: 'Address', cell: (row) => fact('', facts(row).remote_address) },
    { head: 'Node', cell: ({ node }) => <NodeLabel id={node} /> },
    { head: 'Actions', hidden: true, cell: (row) => (
      <span class="row tight">
        <ActionButton label="Kick" danger
          action={() => kick(row.node, row.id, facts(row).user)} />
        {more?.(row)}
      </span>) },
  ];
  return <Table caption={caption} columns={columns} rows={rows} keyOf={rowKey}
    empty={empty ?? 'No connections.'} />;
}

export function Actors({ caption, rows, empty }: {
  caption: string; rows: Actor[]; empty?: string;
}) {
  const columns: Column<Actor>[] = [
    { head: 'Actor', right: true,
      cell: ({ node, id }) => <ActorLink node={node} id={id} /> },
    { head: 'Kind', cell: ({ kind }) => kind },
    { head: 'Name', cell: (row) => <span class="wrap">{fact('name',
      facts(row).name ?? facts(row).user ?? facts(row).channel)}</span> },
    { head: 'Handled', right: true, cell: ({ handled }) => number(handled) },
    { head: 'Messages queued', right: true,
      cell: (row) => number(row.queued_messages) },
    { head: 'Bytes queued', right: true, cell: (row) => bytes(row.queued_bytes) },
    { head: 'Last error', cell: ({ last_error: error }) => error
      ? <Badge tone="bad"><span class="wrap">{error}</span></Badge> : none },
    { head: 'Loop', right: true, cell: ({ loop }) => number(loop) },
    { head: 'Node', cell: ({ node }) => <NodeLabel id={node} /> },
  ];
  return <Table caption={caption} columns={columns} rows={rows} keyOf={rowKey}
    empty={empty ?? 'No actors.'} />;
}
