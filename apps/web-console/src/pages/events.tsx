// Recent events of clients and channels, newest first.
import { Choice, Field, Filters, NodeChoice, useFilters } from '../parts/form';
import { Events } from '../parts/lists';
import { Page, Waiting } from '../parts/page';
import { Pager, pageSize } from '../parts/pager';
import { useQuestion } from '../refresh';
import type { EventRow, Paged } from '../types';

const kinds: [string, string][] = [['', 'everything'], ...['connected',
  'refused', 'subscribed', 'unsubscribed', 'closed', 'dropped', 'gap',
  'repaired', 'lost'].map((what): [string, string] => [what, what])];

export function EventsPage() {
  const { params, text, type, choose, apply } =
    useFilters(['user', 'channel', 'connection']);
  const { what, user, channel, connection, node, after,
    limit = pageSize } = params;
  const { data, error, at, refresh } =
    useQuestion<Paged & { events: EventRow[] }>('/api/events',
      { what, user, channel, connection, node, after, limit });
  return (
    <Page title="Events" answer={data} error={error} at={at} refresh={refresh}>
      <Filters apply={apply}>
        <Choice label="What" value={what ?? ''} set={choose('what')}
          options={kinds} />
        <Field label="User" value={text('user')} set={type('user')} />
        <Field label="Channel" value={text('channel')} set={type('channel')} />
        <Field label="Connection" value={text('connection')}
          set={type('connection')} />
        <NodeChoice value={node ?? ''} set={choose('node')} />
      </Filters>
      {!data && !error && <Waiting />}
      {data && <>
        <Events caption="Events, newest first" rows={data.events}
          empty="No such events are recorded." />
        <Pager shown={data.events.length} next={data.next} />
      </>}
    </Page>
  );
}
