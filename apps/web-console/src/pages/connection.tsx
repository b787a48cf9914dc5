// One connection, or any other actor, in full.
import { disconnectUser, kick } from '../actions';
import { bytes, duration, none, number } from '../format';
import { ActionButton } from '../parts/action_dialog';
import { FactList, factItems } from '../parts/facts';
import { Badge, NodeLabel } from '../parts/links';
import { Events } from '../parts/lists';
import { Page, Waiting } from '../parts/page';
import { useQuestion } from '../refresh';
import { to } from '../router';
import type { Actor, Answer, EventRow } from '../types';

interface Which { node: string; id: string }

function ActorFacts({ actor }: { actor: Actor }) {
  return (
    <section class="card" aria-labelledby="facts">
      <h2 id="facts">Facts</h2>
      <FactList items={[
        ['Node', <NodeLabel id={actor.node} />],
        ['Kind', actor.kind],
        ['Loop', number(actor.loop)],
        ['Age', duration(actor.age_seconds)],
        ['Messages handled', number(actor.handled)],
        ['Messages queued', number(actor.queued_messages)],
        ['Bytes queued', bytes(actor.queued_bytes)],
        ['Last error', actor.last_error
          ? <Badge tone="bad">{actor.last_error}</Badge> : none],
        ...factItems(actor.kind, actor.facts),
      ]} />
    </section>
  );
}

function useActor({ node, id }: Which) {
  return useQuestion<Answer & { actor: Actor }>(
    `/api/actors/${encodeURIComponent(id)}`, { node });
}

export function ActorPage(which: Which) {
  const { data, error, at, refresh } = useActor(which);
  return (
    <Page title={`Actor ${which.id}`} answer={data} error={error} at={at}
      refresh={refresh}>
      {!data && !error && <Waiting />}
      {data?.actor.kind === 'connection' && (
        <p><a href={to(['connections', which.node, which.id])}>What happened
          to this connection</a></p>)}
      {data && <ActorFacts actor={data.actor} />}
    </Page>
  );
}

export function ConnectionPage(which: Which) {
  const { node, id } = which;
  const { data, error, at, refresh } = useActor(which);
  const events = useQuestion<Answer & { events: EventRow[] }>('/api/events',
    { connection: id, node, limit: 100 });
  const actor = data?.actor;
  const user = actor?.facts?.user;
  const channel = actor?.facts?.channel;
  const isGone = error?.status === 404;
  return (
    <Page title={`Connection ${id}`} answer={data}
      error={isGone ? undefined : error} at={at} refresh={refresh}>
      {isGone && <p class="notice">This connection is closed.</p>}
      <p class="row">
        <ActionButton label="Kick" danger
          action={() => kick(node, Number(id), user)} />
        {typeof user === 'string' && user !== '' && <>
          <ActionButton label={`Disconnect user ${user}`} danger
            action={() => disconnectUser(user)} />
          <a class="button" href={to(['users', user])}>User {user}</a>
        </>}
        <a class="button" href={to(['watch'], { connection: id, node })}>
          Watch</a>
        <a class="button" href={to(['why'], { connection: id, node, channel })}>
          Why?</a>
      </p>
      {!data && !error && <Waiting />}
      {actor && !isGone && <ActorFacts actor={actor} />}
      {events.data && <Events caption="Recent events"
        rows={events.data.events} />}
    </Page>
  );
}
