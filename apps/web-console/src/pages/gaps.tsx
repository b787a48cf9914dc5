// Missed publications, and which of them were repaired.
import { number } from '../format';
import { FactList } from '../parts/facts';
import { Channels, Events } from '../parts/lists';
import { Page, Waiting } from '../parts/page';
import { useQuestion } from '../refresh';
import type { GapsAnswer } from '../types';

export function GapsPage() {
  const { data, error, at, refresh } = useQuestion<GapsAnswer>('/api/gaps');
  return (
    <Page title="Gaps" answer={data} error={error} at={at} refresh={refresh}>
      {!data && !error && <Waiting />}
      {data && <>
        <section class="card" aria-labelledby="totals">
          <h2 id="totals">Totals</h2>
          <FactList items={[
            ['Found', number(data.totals.found)],
            ['Filled from the history', number(data.totals.filled)],
            ['Not filled', number(data.totals.unfillable)],
          ]} />
        </section>
        <Channels caption="Channels that had gaps" rows={data.channels}
          empty="No channel had a gap." />
        <Events caption="The last gaps and repairs" rows={data.events} />
      </>}
    </Page>
  );
}
