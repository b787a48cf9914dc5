// All connections, a page at a time.
import { Choice, Field, Filters, NodeChoice, useFilters } from '../parts/form';
import { Connections } from '../parts/lists';
import { Page, Waiting } from '../parts/page';
import { Pager, pageSize } from '../parts/pager';
import { useQuestion } from '../refresh';
import { to } from '../router';
import type { Actor, NodesAnswer, Paged } from '../types';

/** The protocols of all nodes, and the chosen one. */
function useProtocols(chosen: string): [string, string][] {
  const { data } = useQuestion<NodesAnswer>('/api/nodes', {}, false);
  const found = new Set(data?.nodes.flatMap(
    (node) => Object.keys(node.connections)));
  if (chosen) found.add(chosen);
  return [['', 'all'],
    ...[...found].sort().map((name): [string, string] => [name, name])];
}

export const orders: [string, string][] = [['', 'id'],
  ['mailbox', 'most messages queued'], ['handled', 'most handled'],
  ['bytes', 'most bytes queued']];

export function ConnectionsPage() {
  const { params, text, type, choose, apply } = useFilters(['user', 'channel']);
  const { user, channel, protocol, slow, sort, node, after,
    limit = pageSize } = params;
  const { data, error, at, refresh } =
    useQuestion<Paged & { connections: Actor[] }>('/api/connections',
      { user, channel, protocol, slow, sort, node, after, limit });
  const protocols = useProtocols(protocol ?? '');
  return (
    <Page title="Connections" answer={data} error={error} at={at}
      refresh={refresh}>
      <Filters apply={apply}>
        <Field label="User" value={text('user')} set={type('user')} />
        <Field label="Member of channel" value={text('channel')}
          set={type('channel')} />
        <Choice label="Protocol" value={protocol ?? ''}
          set={choose('protocol')} options={protocols} />
        <Choice label="Show" value={slow ?? ''} set={choose('slow')}
          options={[['', 'all'], ['1', 'slow: bytes queued']]} />
        <Choice label="Order" value={sort ?? ''} set={choose('sort')}
          options={orders} />
        <NodeChoice value={node ?? ''} set={choose('node')} />
      </Filters>
      {user && <p><a href={to(['users', user])}>All about user {user}</a></p>}
      {!data && !error && <Waiting />}
      {data && <>
        <Connections caption="Connections" rows={data.connections} />
        <Pager shown={data.connections.length} next={data.next}
          ordered={Boolean(sort)} />
      </>}
    </Page>
  );
}
