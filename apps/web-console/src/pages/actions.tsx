// All actions on one page.
import { useState } from 'preact/hooks';
import { drain, pending } from '../actions';
import { number } from '../format';
import { DisconnectForm, KickForm, LogLevelForm, PublishForm,
  UnsubscribeForm } from '../parts/action_forms';
import { ActionButton } from '../parts/action_dialog';
import { DrainProgress } from '../parts/drain';
import { Field } from '../parts/form';
import { Badge } from '../parts/links';
import { Page, Waiting } from '../parts/page';
import { useQuestion } from '../refresh';
import type { NodeRow, NodesAnswer } from '../types';

function DrainCard({ node }: { node: NodeRow }) {
  const [rate, setRate] = useState('100');
  const state = node.drain?.state;
  return (
    <form class="card" aria-label={`Drain of ${node.name}`}
      onSubmit={(event) => {
        event.preventDefault();
        pending.set(drain(node.id, 'start', Number(rate)));
      }}>
      <h3 class="wrap">{node.name}</h3>
      <p class="row">{state ? <Badge tone="wait">drain {state}</Badge>
        : <Badge tone="quiet">not draining</Badge>}
        <span class="quiet">{number(node.clients)} clients, log level
          {' '}{node.log_level}</span></p>
      {node.drain && <DrainProgress drain={node.drain} name={node.name} />}
      <Field label="Clients per second" type="number" min={1} value={rate}
        set={setRate} required />
      <p class="row">
        <button type="submit" class="small">
          {state ? 'Set rate…' : 'Start drain…'}</button>
        {state === 'running' && <ActionButton label="Pause"
          action={() => drain(node.id, 'pause')} />}
        {state === 'paused' && <ActionButton label="Resume"
          action={() => drain(node.id, 'resume')} />}
        {state && <ActionButton label="Cancel drain"
          action={() => drain(node.id, 'cancel')} />}
      </p>
    </form>
  );
}

export function ActionsPage() {
  const { data, error, at, refresh } = useQuestion<NodesAnswer>('/api/nodes');
  const ask = pending.set.bind(pending);
  const self = data?.nodes.find((node) => node.self)?.id ?? '';
  return (
    <Page title="Actions" answer={data} error={error} at={at}
      refresh={refresh}>
      {!data && !error && <Waiting />}
      {data && <>
        <h2>Drain</h2>
        <div class="cards">
          {data.nodes.map((node) => <DrainCard key={node.id} node={node} />)}
        </div>
        <h2>Clients, channels and nodes</h2>
        <div class="cards">
          <PublishForm ask={ask} />
          <DisconnectForm ask={ask} />
          <UnsubscribeForm ask={ask} />
          <KickForm ask={ask} self={self} />
          <LogLevelForm ask={ask} />
        </div>
      </>}
    </Page>
  );
}
