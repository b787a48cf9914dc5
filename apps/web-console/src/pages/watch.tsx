// The live tail of one channel, connection or user.
import { useState } from 'preact/hooks';
import { bytes, clockTime, fullTime, none, number } from '../format';
import { Choice, Field, Filters, NodeChoice } from '../parts/form';
import { Badge, ChannelLink, ConnectionLink, NodeLabel, UserLink }
  from '../parts/links';
import { What } from '../parts/lists';
import { Page } from '../parts/page';
import { Table } from '../parts/table';
import type { Column } from '../parts/table';
import { route, to } from '../router';
import { useStore } from '../store';
import { keptLines, useTail } from '../tail';
import type { Line } from '../tail';

const subjects: [string, string][] = [['channel', 'channel'],
  ['connection', 'connection'], ['user', 'user']];

const columns: Column<Line>[] = [
  { head: 'At', cell: ({ at }) => (
    <time dateTime={new Date(at).toISOString()} title={fullTime(at)}>
      {clockTime(at)}</time>) },
  { head: 'What', cell: ({ what }) => <What what={what} /> },
  { head: 'Content', cell: (line) => line.text !== undefined
    ? <code class="wrap">{line.text}</code>
    : <span class="wrap">{[line.code || '', line.reason].filter(Boolean)
      .join(' ') || none}</span> },
  { head: 'Offset', right: true, cell: ({ offset }) => number(offset) },
  { head: 'Bytes', right: true, cell: (line) => bytes(line.bytes) },
  { head: 'Channel', cell: ({ channel }) => <ChannelLink name={channel} /> },
  { head: 'User', cell: ({ user }) => <UserLink id={user} /> },
  { head: 'Connection', right: true, cell: ({ node, connection }) =>
    <ConnectionLink node={node} id={connection || undefined} /> },
  { head: 'Node', cell: ({ node }) => <NodeLabel id={node} /> },
];

/** The request in the page's address, or null. */
function wanted(params: Record<string, string>) {
  const seconds = Number(params.seconds) || 60;
  const { channel, connection, node, user } = params;
  if (channel) return { channel, seconds };
  if (connection) {
    return { connection: Number(connection), seconds, ...(node && { node }) };
  }
  return user ? { user, seconds } : null;
}

export function WatchPage() {
  const { params } = useStore(route);
  const first = subjects.map(([name]) => name).find((name) => params[name]);
  const [subject, setSubject] = useState(first ?? 'channel');
  const [value, setValue] = useState(first ? params[first] : '');
  const [node, setNode] = useState(params.node ?? '');
  const [seconds, setSeconds] = useState(params.seconds ?? '60');
  const [round, setRound] = useState(0);
  const tail = useTail(wanted(params), round);
  const begin = () => {
    location.hash = to(['watch'], { [subject]: value, seconds,
      node: subject === 'connection' ? node : '' });
    setRound(round + 1);
  };
  return (
    <Page title="Watch" still>
      <Filters apply={begin} verb="Watch">
        <Choice label="Watch a" value={subject} set={setSubject}
          options={subjects} />
        <Field label="Name or number" value={value} set={setValue} required
          type={subject === 'connection' ? 'number' : 'text'} />
        {subject === 'connection' && <NodeChoice value={node} set={setNode}
          all="this node" />}
        <Field label="For seconds" type="number" min={1} max={3600}
          value={seconds} set={setSeconds} required />
      </Filters>
      <p class="row">
        <span role="status">
          {tail.state === 'running' && (tail.isHeld
            ? <Badge tone="wait">paused</Badge>
            : <Badge tone="good">watching {first} {params[first ?? '']}</Badge>)}
          {tail.state === 'over' && <Badge tone="quiet">{tail.why}</Badge>}
        </span>
        {tail.state === 'running' && <>
          <button type="button" class="plain small" aria-pressed={tail.isHeld}
            onClick={() => tail.hold(!tail.isHeld)}>
            {tail.isHeld ? '▶ Continue' : '❚❚ Pause'}</button>
          <button type="button" class="plain small" onClick={tail.stop}>
            ■ Stop</button>
        </>}
        <span class="quiet">
          {tail.waiting > 0 && `${number(tail.waiting)} waiting · `}
          {number(tail.lines.length)} lines of at most {keptLines}</span>
        {tail.skipped > 0 && (
          <Badge tone="wait">{number(tail.skipped)} skipped</Badge>)}
      </p>
      <Table caption="Events, newest first" columns={columns}
        rows={tail.lines} keyOf={({ key }) => String(key)}
        empty={tail.state === 'running' ? 'No events yet.'
          : 'Enter a name or number to watch.'} />
    </Page>
  );
}
