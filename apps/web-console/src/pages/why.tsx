// The reasons why a message did or did not arrive.
import { clockTime, bytes, fullTime, none, number } from '../format';
import { Field, Filters, NodeChoice, useFilters } from '../parts/form';
import { Badge, ConnectionLink, NodeLabel, UserLink } from '../parts/links';
import type { Tone } from '../parts/links';
import { Events, uniqueKeys } from '../parts/lists';
import { Page, Waiting } from '../parts/page';
import { Table } from '../parts/table';
import type { Column } from '../parts/table';
import { useQuestion } from '../refresh';
import type { Mark, MemberVerdict, Step, WhyAnswer } from '../types';

type Line = Step & { stage: string };

/** Here the milliseconds matter. */
const Exact = ({ at }: { at: number }) => (
  <time dateTime={new Date(at).toISOString()} title={fullTime(at)}>
    {clockTime(at)}</time>);

function outcome(line: Line) {
  const drops = line.dropped ? `, ${number(line.dropped)} dropped` : '';
  if (line.stage === 'published') return line.verdict ?? none;
  if (line.stage === 'received') {
    return `to ${number(line.loops)} loop${line.loops === 1 ? '' : 's'}${drops}`;
  }
  return `${line.how ?? ''}: sent to ${number(line.sent)} of ${
    number(line.members)} members${drops}`;
}

function Timeline({ answer }: { answer: WhyAnswer }) {
  const stages = (['published', 'received', 'handled'] as const);
  const lines: Line[] = stages.flatMap((stage) =>
    (answer[stage] ?? []).map((step) => ({ ...step, stage })));
  lines.sort((a, b) => a.at - b.at
    || stages.indexOf(a.stage as 'handled') - stages.indexOf(b.stage as 'handled'));
  const columns: Column<Line>[] = [
    { head: 'At', cell: ({ at }) => <Exact at={at} /> },
    { head: 'Stage', cell: ({ stage }) => stage },
    { head: 'Offset', right: true, cell: ({ offset }) => number(offset) },
    { head: 'Number', right: true, cell: (line) => number(line.number) },
    { head: 'Bytes', right: true, cell: (line) => bytes(line.bytes) },
    { head: 'Outcome', cell: (line) => line.dropped
      || (line.verdict && line.verdict !== 'accepted')
      ? <Badge tone="bad">{outcome(line)}</Badge> : outcome(line) },
    { head: 'Node', cell: ({ node }) => <NodeLabel id={node} /> },
    { head: 'Loop', right: true, cell: ({ loop }) => number(loop) },
  ];
  return <Table caption="Published, received, handled" columns={columns}
    rows={lines} empty="No publication of this channel is recorded."
    keyOf={uniqueKeys(lines, (line) => [line.stage, line.node, line.loop,
      line.offset, line.number, line.at].join(' '))} />;
}

const verdicts: Record<string, Tone> = { sent: 'good', repaired: 'good',
  dropped: 'bad', unknown: 'wait' };

function Members({ rows }: { rows: MemberVerdict[] }) {
  const columns: Column<MemberVerdict>[] = [
    { head: 'Connection', right: true, cell: ({ node, connection }) =>
      <ConnectionLink node={node} id={connection} /> },
    { head: 'User', cell: ({ user }) => <UserLink id={user} /> },
    { head: 'Verdict', cell: ({ verdict }) =>
      <Badge tone={verdicts[verdict] ?? 'quiet'}>{verdict}</Badge> },
    { head: 'Queued', right: true, cell: (row) => bytes(row.queued_bytes) },
    { head: 'Member since', right: true, cell: ({ since }) => number(since) },
    { head: 'Node', cell: ({ node }) => <NodeLabel id={node} /> },
    { head: 'Loop', right: true, cell: ({ loop }) => number(loop) },
  ];
  return <Table caption="Delivery to each member" columns={columns} rows={rows}
    empty="No members." keyOf={uniqueKeys(rows, (row) =>
      `${row.node} ${row.connection}`)} />;
}

function Marks({ rows }: { rows: Mark[] }) {
  const columns: Column<Mark>[] = [
    { head: 'At', cell: ({ at }) => <Exact at={at} /> },
    { head: 'What', cell: ({ what }) => <Badge tone={
      what === 'dropped' || what === 'lost' ? 'bad'
        : what === 'gap' ? 'wait' : 'quiet'}>{what}</Badge> },
    { head: 'Connection', right: true, cell: ({ node, connection }) =>
      <ConnectionLink node={node} id={connection || undefined} /> },
    { head: 'Detail', cell: ({ detail }) => detail || none },
    { head: 'After number', right: true, cell: (row) => number(row.number) },
    { head: 'Node', cell: ({ node }) => <NodeLabel id={node} /> },
    { head: 'Loop', right: true, cell: ({ loop }) => number(loop) },
  ];
  return <Table caption="Events of members meanwhile" columns={columns}
    rows={rows} empty="No member joined, left or was dropped."
    keyOf={uniqueKeys(rows, (row) =>
      [row.node, row.loop, row.at, row.what, row.connection].join(' '))} />;
}

export function WhyPage() {
  const { params, text, type, apply } = useFilters(
    ['channel', 'offset', 'connection', 'node', 'user']);
  const { channel, offset, connection, node, user } = params;
  // Ask once per form: the answer must not change while it is read.
  const { data, error, refresh } = useQuestion<WhyAnswer>(
    channel ? '/api/why' : null, { channel, offset, connection, node, user },
    false);
  return (
    <Page title="Why" answer={data} error={error} still>
      <p class="quiet">The reason why a message did or did not arrive. Name the channel,
        and, if known, the offset of the publication and the connection or
        user that should have received it.</p>
      <Filters verb="Find out" apply={() => {
        apply();
        refresh();
      }}>
        <Field label="Channel" value={text('channel')} set={type('channel')}
          required />
        <Field label="Offset" type="number" min={0} value={text('offset')}
          set={type('offset')} />
        <Field label="Connection" type="number" min={0}
          value={text('connection')} set={type('connection')} />
        <NodeChoice label="Node of the connection" value={text('node')}
          set={type('node')} all="this node" />
        <Field label="User" value={text('user')} set={type('user')} />
      </Filters>
      {channel && !data && !error && <Waiting />}
      {data && <>
        <section class="card" aria-labelledby="findings">
          <h2 id="findings">Findings</h2>
          {data.findings.length === 0 && <p>No findings.</p>}
          <ol class="findings">
            {data.findings.map((line) => <li key={line}>{line}</li>)}</ol>
        </section>
        <Timeline answer={data} />
        {data.members && <Members rows={data.members} />}
        <Marks rows={data.marks ?? []} />
        <Events caption="Refusals in this channel" rows={data.refusals ?? []}
          empty="No refusals." />
      </>}
    </Page>
  );
}
