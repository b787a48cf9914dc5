// Every actor on every node.
import { Choice, Field, Filters, NodeChoice, useFilters } from '../parts/form';
import { Actors } from '../parts/lists';
import { Page, Waiting } from '../parts/page';
import { Pager, pageSize } from '../parts/pager';
import { useQuestion } from '../refresh';
import type { Actor, Paged } from '../types';
import { orders } from './connections';

const usual = ['connection', 'channel', 'loop', 'redis_bridge',
  'local_bus'];

export function ActorsPage() {
  const { params, text, type, choose, apply } = useFilters(['kind']);
  const { kind, sort, node, after, limit = pageSize } = params;
  const { data, error, at, refresh } =
    useQuestion<Paged & { actors: Actor[] }>('/api/actors',
      { kind, sort, node, after, limit });
  const kinds = new Set([...usual,
    ...(data?.actors ?? []).map((actor) => actor.kind)]);
  return (
    <Page title="Actors" answer={data} error={error} at={at} refresh={refresh}>
      <Filters apply={apply}>
        <Field label="Kind" value={text('kind')} set={type('kind')}
          options={[...kinds].sort()} />
        <Choice label="Order" value={sort ?? ''} set={choose('sort')}
          options={orders} />
        <NodeChoice value={node ?? ''} set={choose('node')} />
      </Filters>
      {!data && !error && <Waiting />}
      {data && <>
        <Actors caption="Actors" rows={data.actors} />
        <Pager shown={data.actors.length} next={data.next}
          ordered={Boolean(sort)} />
      </>}
    </Page>
  );
}
