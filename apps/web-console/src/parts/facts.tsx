// Facts of an actor as a list of terms.
import type { ComponentChildren } from 'preact';
import { fact, factName } from '../format';
import { ChannelLink, UserLink } from './links';

export type Item = [string, ComponentChildren];

export function FactList({ items }: { items: Item[] }) {
  return (
    <dl class="facts">
      {items.map(([name, value]) => (
        <div key={name}><dt>{name}</dt><dd>{value}</dd></div>))}
    </dl>
  );
}

function show(kind: string, name: string, value: unknown) {
  if (name === 'user') return <UserLink id={value} />;
  if (name === 'channel' || (name === 'name' && kind === 'channel')) {
    return <ChannelLink name={value} />;
  }
  return <span class="wrap">{fact(name, value)}</span>;
}

export const factItems = (kind: string,
  facts: Record<string, unknown> = {}): Item[] =>
  Object.entries(facts).map(([name, value]) =>
    [factName(name), show(kind, name, value)]);
