// Forms of actions that need more than a click.
import { useId, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { disconnectUser, kick, logLevel, publish, unsubscribe } from '../actions';
import type { Action } from '../actions';
import { Choice, Field, NodeChoice } from './form';

interface Asking { ask: (action: Action) => void }

function Card({ title, verb, submit, children }: {
  title: string; verb: string; submit: () => void; children: ComponentChildren;
}) {
  const id = useId();
  return (
    <form class="card" aria-labelledby={id} onSubmit={(event) => {
      event.preventDefault();
      submit();
    }}>
      <h2 id={id}>{title}</h2>
      {children}
      <p><button type="submit">{verb}…</button></p>
    </form>
  );
}

export function PublishForm({ channel: fixed, ask }:
  Asking & { channel?: string }) {
  const [chosen, setChannel] = useState('');
  const [kind, setKind] = useState('text');
  const [content, setContent] = useState('');
  const [error, setError] = useState('');
  const id = useId();
  const channel = fixed ?? chosen;
  const submit = () => {
    setError('');
    if (kind === 'text') return ask(publish(channel, { text: content }));
    try {
      return ask(publish(channel, { data: JSON.parse(content) }));
    } catch (problem) {
      return setError(`This is not JSON: ${(problem as Error).message}`);
    }
  };
  return (
    <Card title="Publish" verb="Publish" submit={submit}>
      {fixed === undefined && <Field label="Channel" value={channel}
        set={setChannel} required />}
      <Choice label="As" value={kind} set={setKind}
        options={[['text', 'text'], ['json', 'JSON']]} />
      <div class="field">
        <label for={id}>Content</label>
        <textarea id={id} rows={3} value={content} spellcheck={false}
          onInput={(event) => setContent(event.currentTarget.value)} />
      </div>
      <p role="alert" class="error">{error}</p>
    </Card>
  );
}

export function UnsubscribeForm({ channel: fixed, user: known, ask }:
  Asking & { channel?: string; user?: string }) {
  const [name, setUser] = useState('');
  const [chosen, setChannel] = useState('');
  const channel = fixed ?? chosen;
  const user = known ?? name;
  return (
    <Card title="Unsubscribe a user" verb="Unsubscribe"
      submit={() => ask(unsubscribe(user, channel))}>
      {known === undefined && <Field label="User" value={user} set={setUser}
        required />}
      {fixed === undefined && <Field label="Channel" value={channel}
        set={setChannel} required />}
    </Card>
  );
}

export function DisconnectForm({ ask }: Asking) {
  const [user, setUser] = useState('');
  return (
    <Card title="Disconnect a user" verb="Disconnect"
      submit={() => ask(disconnectUser(user))}>
      <Field label="User" value={user} set={setUser} required />
    </Card>
  );
}

export function KickForm({ ask, self }: Asking & { self: string }) {
  const [connection, setConnection] = useState('');
  const [chosen, setNode] = useState('');
  return (
    <Card title="Kick a connection" verb="Kick" submit={() =>
      ask(kick(chosen || self, Number(connection), undefined))}>
      <Field label="Connection" type="number" min={0} value={connection}
        set={setConnection} required />
      <NodeChoice value={chosen} set={setNode} all="this node" />
    </Card>
  );
}

const levels = ['trace', 'debug', 'info', 'warn', 'error'];

export function LogLevelForm({ ask }: Asking) {
  const [level, setLevel] = useState('info');
  const [node, setNode] = useState('');
  return (
    <Card title="Log level" verb="Change"
      submit={() => ask(logLevel(level, node || undefined))}>
      <Choice label="Level" value={level} set={setLevel}
        options={levels.map((each) => [each, each])} />
      <NodeChoice value={node} set={setNode} />
    </Card>
  );
}
