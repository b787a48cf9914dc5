// One channel: position, members, events.
import { pending, unsubscribe } from '../actions';
import { fact, factName, number } from '../format';
import { ActionButton } from '../parts/action_dialog';
import { FactList } from '../parts/facts';
import { PublishForm, UnsubscribeForm } from '../parts/action_forms';
import { ActorLink, Badge, NodeLabel } from '../parts/links';
import { Connections, Events, rowKey } from '../parts/lists';
import { Page, Problem, Waiting } from '../parts/page';
import { Pager } from '../parts/pager';
import { Table } from '../parts/table';
import type { Column } from '../parts/table';
import { useQuestion } from '../refresh';
import { route, to } from '../router';
import { useStore } from '../store';
import type { Actor, Answer, ChannelAnswer, EventRow, Paged } from '../types';

const membersShown = 25;

/** True if a part has everything up to the position in Redis. */
function Position({ part, history }: {
  part: Actor; history: ChannelAnswer['history'];
}) {
  const { offset, epoch } = part.facts ?? {};
  if (typeof offset !== 'number' || !history) {
    return <>{fact('', offset)}</>;
  }
  const behind = history.offset - offset;
  return (
    <>{number(offset)}{' '}
      {epoch && history.epoch && epoch !== history.epoch
        ? <Badge tone="bad">another epoch</Badge>
        : behind > 0
          ? <Badge tone="bad">behind by {number(behind)}</Badge>
          : <Badge tone="good">up to date</Badge>}</>
  );
}

function Parts({ answer }: { answer: ChannelAnswer }) {
  const facts = (part: Actor) => part.facts ?? {};
  const columns: Column<Actor>[] = [
    { head: 'Node', cell: ({ node }) => <NodeLabel id={node} /> },
    { head: 'Loop', right: true, cell: ({ loop }) => number(loop) },
    { head: 'Actor', right: true,
      cell: ({ node, id }) => <ActorLink node={node} id={id} /> },
    { head: 'Members', right: true, cell: (part) => number(facts(part).members) },
    { head: 'Offset', cell: (part) =>
      <Position part={part} history={answer.history} /> },
    { head: 'Handled', right: true, cell: ({ handled }) => number(handled) },
    { head: 'Gaps', cell: (part) => ['gaps_found', 'gaps_filled',
      'gaps_unfillable', 'gaps'].filter((name) => name in facts(part))
      .map((name) => `${factName(name)} ${fact(name, facts(part)[name])}`)
      .join(', ') || 'none' },
  ];
  return <Table caption="Parts: one actor per loop with members"
    columns={columns} rows={answer.parts} keyOf={rowKey}
    empty="This channel has no members." />;
}

function Members({ name, gone }: { name: string; gone: (row: Actor) => any }) {
  const { params } = useStore(route);
  const { data, error } = useQuestion<Paged & { connections: Actor[] }>(
    '/api/connections', { channel: name, after: params.after,
      limit: membersShown });
  return (
    <>
      <Problem error={error} />
      {data && <>
        <Connections caption="Members" rows={data.connections} more={gone}
          empty="No members." />
        <Pager shown={data.connections.length} next={data.next} />
      </>}
    </>
  );
}

export function ChannelPage({ name }: { name: string }) {
  const { data, error, at, refresh } = useQuestion<ChannelAnswer>(
    '/api/channel', { name });
  const events = useQuestion<Answer & { events: EventRow[] }>('/api/events',
    { channel: name, limit: 25 });
  const out = (row: Actor) => typeof row.facts?.user === 'string'
    && row.facts.user !== '' && (
    <ActionButton label="Unsubscribe"
      action={() => unsubscribe(row.facts!.user as string, name)} />);
  return (
    <Page title={`Channel ${name}`} answer={data} error={error} at={at}
      refresh={refresh}>
      <p class="row">
        <a class="button" href={to(['watch'], { channel: name })}>Watch</a>
        <a class="button" href={to(['why'], { channel: name,
          offset: data?.history?.offset })}>Why?</a>
        <a class="button" href={to(['events'], { channel: name })}>Events</a>
      </p>
      {!data && !error && <Waiting />}
      {data && <>
        <div class="cards">
          <section class="card" aria-labelledby="position">
            <h2 id="position">Position</h2>
            <FactList items={[
              ['Members', number(data.members)],
              ['Publications', number(data.publications)],
              ['Per second', number(data.per_second)],
              ['History', data.history
                ? <>offset {number(data.history.offset)}{' '}
                  <small>epoch <code>{data.history.epoch}</code></small></>
                : 'none'],
            ]} />
          </section>
          <section class="card" aria-labelledby="options">
            <h2 id="options">Options</h2>
            <FactList items={Object.entries(data.options ?? {}).map(
              ([key, value]) => [factName(key),
                key === 'namespace' && value === ''
                  ? 'default' : fact(key, value)])} />
          </section>
        </div>
        <Parts answer={data} />
      </>}
      <div class="cards">
        <PublishForm channel={name} ask={(action) => pending.set(action)} />
        <UnsubscribeForm channel={name} ask={(action) => pending.set(action)} />
      </div>
      <Members name={name} gone={out} />
      {events.data && <Events caption="Recent events"
        rows={events.data.events} />}
    </Page>
  );
}
