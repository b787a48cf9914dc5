// Names of things, each a link to its page.
import { names } from '../api';
import { ago, fullTime, none } from '../format';
import { to } from '../router';

export function NodeLabel({ id }: { id: string }) {
  const name = names.get(id);
  return <span title={id}>{name ?? id.slice(0, 12)}</span>;
}

export function ConnectionLink({ node, id }: { node: string; id?: number }) {
  if (id === undefined || id === null) return <>{none}</>;
  return <a href={to(['connections', node, id])}>{id}</a>;
}

export function ActorLink({ node, id }: { node: string; id: number }) {
  return <a href={to(['actors', node, id])}>{id}</a>;
}

export function ChannelLink({ name }: { name?: unknown }) {
  if (typeof name !== 'string' || name === '') return <>{none}</>;
  return <a class="wrap" href={to(['channels', name])}>{name}</a>;
}

export function UserLink({ id }: { id?: unknown }) {
  if (typeof id !== 'string' || id === '') return <>{none}</>;
  return <a class="wrap" href={to(['users', id])}>{id}</a>;
}

/** The age, with the exact time as its title. */
export function Time({ at }: { at: number }) {
  return (
    <time class="nowrap" dateTime={new Date(at).toISOString()}
      title={fullTime(at)}>{ago(at)}</time>
  );
}

export type Tone = 'good' | 'wait' | 'bad' | 'quiet';

const marks: Record<Tone, string> =
  { good: '✓', wait: '…', bad: '!', quiet: '·' };

/** A word with a colour and a sign of its own. */
export function Badge({ tone, children }: { tone: Tone; children: any }) {
  return (
    <span class={`badge ${tone}`}>
      <span aria-hidden="true">{marks[tone]}</span> {children}</span>
  );
}
