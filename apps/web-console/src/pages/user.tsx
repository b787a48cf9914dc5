// One user: connections on all nodes, and recent events.
import { disconnectUser } from '../actions';
import { ActionButton } from '../parts/action_dialog';
import { UnsubscribeForm } from '../parts/action_forms';
import { pending } from '../actions';
import { Connections, Events } from '../parts/lists';
import { Page, Waiting } from '../parts/page';
import { useQuestion } from '../refresh';
import { to } from '../router';
import type { UserAnswer } from '../types';

export function UserPage({ id }: { id: string }) {
  const { data, error, at, refresh } =
    useQuestion<UserAnswer>('/api/user', { id });
  return (
    <Page title={`User ${id}`} answer={data} error={error} at={at}
      refresh={refresh}>
      <p class="row">
        <ActionButton label="Disconnect user" danger
          action={() => disconnectUser(id)} />
        <a class="button" href={to(['watch'], { user: id })}>Watch</a>
        <a class="button" href={to(['why'], { user: id })}>Why?</a>
      </p>
      {!data && !error && <Waiting />}
      {data && <>
        <Connections caption="Connections" rows={data.connections}
          empty="This user is not connected." />
        <Events caption="Recent events" rows={data.events} />
      </>}
      <div class="cards">
        <UnsubscribeForm user={id} ask={(action) => pending.set(action)} />
      </div>
    </Page>
  );
}
