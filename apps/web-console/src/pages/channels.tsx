// All channels, a page at a time.
import { Choice, Field, Filters, useFilters } from '../parts/form';
import { Channels } from '../parts/lists';
import { Page, Waiting } from '../parts/page';
import { Pager, pageSize } from '../parts/pager';
import { useQuestion } from '../refresh';
import type { ChannelRow, Paged } from '../types';

const orders: [string, string][] = [['', 'name'], ['members', 'most members'],
  ['publications', 'most publications'], ['rate', 'most per second']];

export function ChannelsPage() {
  const { params, text, type, choose, apply } = useFilters(['prefix']);
  const { prefix, sort, after, limit = pageSize } = params;
  const { data, error, at, refresh } =
    useQuestion<Paged & { channels: ChannelRow[] }>('/api/channels',
      { prefix, sort, after, limit });
  return (
    <Page title="Channels" answer={data} error={error} at={at}
      refresh={refresh}>
      <Filters apply={apply}>
        <Field label="Name begins with" value={text('prefix')}
          set={type('prefix')} />
        <Choice label="Order" value={sort ?? ''} set={choose('sort')}
          options={orders} />
      </Filters>
      {!data && !error && <Waiting />}
      {data && <>
        <Channels caption="Channels" rows={data.channels}
          empty={prefix ? `No channel begins with ${prefix}.` : undefined} />
        <Pager shown={data.channels.length} next={data.next}
          ordered={Boolean(sort)} />
      </>}
    </Page>
  );
}
