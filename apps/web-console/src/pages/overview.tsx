// The nodes, their present load, and the missing ones.
import { useEffect } from 'preact/hooks';
import { bytes, duration, fullTime, microseconds, none, number } from '../format';
import { Chart } from '../parts/chart';
import { DrainProgress } from '../parts/drain';
import { FactList } from '../parts/facts';
import { Badge } from '../parts/links';
import { Page, Waiting } from '../parts/page';
import { useLive } from '../refresh';
import { to } from '../router';
import { record } from '../samples';
import type { NodeRow, NodesAnswer } from '../types';

const gapText = ({ gaps }: NodeRow) => gaps.found === 0 ? 'none'
  : `${number(gaps.found)} found, ${number(gaps.filled)} filled, ${
    number(gaps.unfillable)} lost`;

function NodeCard({ node }: { node: NodeRow }) {
  const kinds = Object.entries(node.connections ?? {})
    .map(([kind, count]) => `${number(count)} ${kind}`).join(', ');
  const misses = node.probe_misses ?? 0;
  return (
    <article class="card" aria-label={`Node ${node.name}`}>
      <h3 class="wrap">{node.name}</h3>
      <p class="row">
        {node.ready ? <Badge tone="good">ready</Badge>
          : <Badge tone="bad">not ready</Badge>}
        {node.drain && <Badge tone="wait">drain {node.drain.state}</Badge>}
        {misses > 0 && <Badge tone="bad">{misses} probes missed</Badge>}
        {node.self && <span class="quiet">answers this page</span>}
      </p>
      {node.drain && <DrainProgress drain={node.drain} name={node.name} />}
      <FactList items={[
        ['Clients', <strong>{number(node.clients)}</strong>],
        ['Protocols', kinds || none],
        ['Users', number(node.users)],
        ['Channels', number(node.channels)],
        ['Subscriptions', number(node.subscriptions)],
        ['Memory', bytes(node.memory_bytes)],
        ['Queued', bytes(node.queued_bytes)],
        ['Slow closes', number(node.slow_closes)],
        ['Gaps', gapText(node)],
        ['Probe', microseconds(node.probe_round_trip_us)],
        ['Up for', duration(node.uptime_seconds)],
        ['Version', node.version],
        ['Log level', node.log_level],
        ['Bus, loops', `${node.bus}, ${node.loops}`],
        ['Run', <code title={node.id}>{node.id.slice(0, 8)}</code>],
      ]} />
    </article>
  );
}

function Alerts({ answer, at }: { answer: NodesAnswer; at: number }) {
  const gone = answer.gone ?? [];
  const unready = answer.nodes.filter(({ ready, drain }) => !ready && !drain);
  if (gone.length + unready.length === 0) return null;
  return (
    <section aria-labelledby="alerts">
      <h2 id="alerts">Alerts</h2>
      <ul class="alerts">
        {gone.map(({ id, name, how, seconds_ago: seconds }) => (
          <li key={id} class={`notice ${how === 'left' ? '' : 'bad'}`}>
            <Badge tone={how === 'left' ? 'quiet' : 'bad'}>
              {how === 'left' ? 'left' : 'gone'}</Badge>
            {' '}<strong>{name}</strong>{' '}
            {how === 'left' ? 'was stopped'
              : 'is silent (a crash or a broken link)'}
            {' '}<span title={fullTime(at - seconds * 1_000)}>
              {duration(seconds)} ago</span>
          </li>))}
        {unready.map(({ id, name }) => (
          <li key={id} class="notice bad"><Badge tone="bad">not ready</Badge>
            {' '}<strong>{name}</strong> receives no answers from its bus</li>))}
      </ul>
    </section>
  );
}

export function Overview() {
  const { data, at, error, refresh, streams } =
    useLive<NodesAnswer>('nodes', '/api/nodes');
  useEffect(() => {
    if (data) record(data.nodes, at);
  }, [data, at]);
  return (
    <Page title="Overview" answer={data} error={error} at={at}
      refresh={refresh}>
      {!data && !error && <Waiting />}
      {data && <Alerts answer={data} at={at} />}
      {data && (
        <section aria-labelledby="rates">
          <h2 id="rates">Now</h2>
          {!streams && (
            <p class="quiet">No live stream: this page asks every two
              seconds.</p>)}
          <div class="charts">
            <Chart title="Connections" metric="connections" format={number} />
            <Chart title="Publications per second" metric="publications"
              format={number} />
            <Chart title="Deliveries per second" metric="deliveries"
              format={number} />
            <Chart title="Bytes sent per second" metric="bytes" format={bytes} />
          </div>
        </section>)}
      {data && (
        <section aria-labelledby="nodes">
          <h2 id="nodes">{number(data.nodes.length)}
            {data.nodes.length === 1 ? ' node' : ' nodes'}</h2>
          <div class="cards">
            {data.nodes.map((node) => <NodeCard key={node.id} node={node} />)}
          </div>
          <p><a href={to(['actions'])}>Drain a node or change its log
            level</a></p>
        </section>)}
    </Page>
  );
}
