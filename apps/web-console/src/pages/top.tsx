// The busiest channels, slowest connections and fullest queues.
import { Actors, Channels, Connections } from '../parts/lists';
import { Page, Waiting } from '../parts/page';
import { useLive } from '../refresh';
import type { TopAnswer } from '../types';

export function Top() {
  const { data, at, error, refresh } =
    useLive<TopAnswer>('top', '/api/top', { limit: 10 });
  return (
    <Page title="Top" answer={data} error={error} at={at} refresh={refresh}>
      {!data && !error && <Waiting />}
      {data && <>
        <Channels caption="Busiest channels" rows={data.channels} />
        <Connections caption="Slowest connections" rows={data.connections} />
        <Actors caption="Fullest queues" rows={data.queues}
          empty="All queues are empty." />
      </>}
    </Page>
  );
}
