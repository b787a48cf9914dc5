// Each node's bus: its links, and whether Redis sees it the same way.
import { useState } from 'preact/hooks';
import { reconcile } from '../actions';
import { ask } from '../api';
import type { ApiError } from '../api';
import { fullTime, number, words } from '../format';
import { ActionButton } from '../parts/action_dialog';
import { FactList, factItems } from '../parts/facts';
import { Badge, ChannelLink, NodeLabel } from '../parts/links';
import { Page, Problem, Waiting } from '../parts/page';
import { useQuestion } from '../refresh';
import type { Answer, Bus } from '../types';

type Buses = Answer & { buses: Bus[] };

function Drift({ drift }: { drift: NonNullable<Bus['drift']> }) {
  if (drift.missing_total === 0) {
    return <p><Badge tone="good">no drift</Badge> Redis knows all
      {' '}{number(drift.checked)} channels.</p>;
  }
  return (
    <div>
      <p><Badge tone="bad">drift</Badge> Redis does not know
        {' '}{number(drift.missing_total)} of {number(drift.checked)} channels:
      </p>
      <ul>{drift.missing.map((name) => (
        <li key={name}><ChannelLink name={name} /></li>))}</ul>
      {drift.missing_total > drift.missing.length && <p>and {
        number(drift.missing_total - drift.missing.length)} more</p>}
    </div>
  );
}

function BusCard({ bus, drift }: { bus: Bus; drift?: Bus['drift'] }) {
  const { subscribe_link: hears, publish_link: speaks, ready,
    ...facts } = bus.facts ?? {};
  const link = (name: string, state: unknown) => state !== undefined && (
    <Badge tone={state === 'up' ? 'good' : 'bad'}>
      {name} {String(state)}</Badge>);
  return (
    <article class="card" aria-label={`Bus ${bus.id}`}>
      <h2><NodeLabel id={bus.node} /> <small>{words(bus.kind)}</small></h2>
      <p class="row">
        {link('subscribe link', hears)}
        {link('publish link', speaks)}
        {ready !== undefined && (ready ? <Badge tone="good">ready</Badge>
          : <Badge tone="bad">not ready</Badge>)}
        {facts.wanted !== undefined && facts.wanted !== facts.confirmed && (
          <Badge tone="wait">not all confirmed</Badge>)}
        {Number(facts.probe_misses) > 0 && (
          <Badge tone="bad">probes missed</Badge>)}
      </p>
      <FactList items={factItems(bus.kind, facts)} />
      {bus.last_error && <p class="notice bad">{bus.last_error}</p>}
      {drift && <Drift drift={drift} />}
      <p><ActionButton label="Reconcile…"
        action={() => reconcile(bus.node)} /></p>
    </article>
  );
}

export function BridgePage() {
  const { data, error, at, refresh } = useQuestion<Buses>('/api/bridge');
  const [drift, setDrift] = useState<{ answer?: Buses; at: number;
    error?: ApiError }>();
  const [busy, setBusy] = useState(false);
  const check = async () => {
    setBusy(true);
    try {
      const answer = await ask<Buses>('/api/bridge', { drift: 1 });
      setDrift({ answer, at: Date.now() });
    } catch (problem) {
      setDrift({ error: problem as ApiError, at: Date.now() });
    }
    setBusy(false);
  };
  const of = (bus: Bus) => drift?.answer?.buses.find(
    ({ node, id }) => node === bus.node && id === bus.id)?.drift;
  return (
    <Page title="Bridge" answer={data} error={error} at={at} refresh={refresh}>
      <p class="row">
        <button type="button" class="small" aria-disabled={busy}
          onClick={() => !busy && check()}>Check drift</button>
        <ActionButton label="Reconcile all…" action={() => reconcile()} />
        <span role="status" class="quiet">{busy ? 'Asking Redis…'
          : drift?.answer ? `Checked at ${fullTime(drift.at)}` : ''}</span>
      </p>
      <Problem error={drift?.error} />
      {!data && !error && <Waiting />}
      {data && <div class="cards">
        {data.buses.map((bus) => <BusCard key={`${bus.node} ${bus.id}`}
          bus={bus} drift={of(bus)} />)}
      </div>}
    </Page>
  );
}
