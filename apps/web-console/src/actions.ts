// The actions of the console; each needs a confirmation.
import { names } from './api';
import { number } from './format';
import { Store } from './store';

export interface Action {
  title: string;
  /** The exact effect, for the dialog. */
  sentence: string;
  verb: string;
  path: string;
  body: object;
  done: (answer: any) => string;
  after?: () => void;
}

/** The action that waits for a confirmation. */
export const pending = new Store<Action | null>(null);

export interface Outcome { good: boolean; text: string }

export const outcome = new Store<Outcome | null>(null);

export const nodeName = (id: string) => names.get(id) ?? id;

const clients = (count: unknown) =>
  count === 1 ? '1 client' : `${number(count)} clients`;

export const kick = (node: string, connection: number, user: unknown): Action =>
  ({
    title: 'Kick this connection?',
    sentence: `Connection ${connection} on ${nodeName(node)}${
      user ? ` of user ${user}` : ''} is closed.`,
    verb: 'Kick',
    path: '/api/kick',
    body: { connection, node },
    done: () => `Connection ${connection} was closed.`,
  });

export const disconnectUser = (user: string): Action => ({
  title: 'Disconnect this user?',
  sentence: `All connections of user ${user} on all nodes are closed.`,
  verb: 'Disconnect',
  path: '/api/disconnect-user',
  body: { user },
  done: (answer) => `${clients(answer.clients)} of ${user} disconnected.`,
});

export const unsubscribe = (user: string, channel: string): Action => ({
  title: 'Unsubscribe this user?',
  sentence: `All connections of user ${user} are unsubscribed from channel ${
    channel}.`,
  verb: 'Unsubscribe',
  path: '/api/unsubscribe',
  body: { user, channel },
  done: (answer) =>
    `${clients(answer.clients)} of ${user} unsubscribed from ${channel}.`,
});

export const publish = (channel: string,
  content: { text: string } | { data: unknown }): Action => ({
  title: 'Publish this?',
  sentence: `All members of channel ${channel} receive ${
    'text' in content ? 'the text' : 'the JSON'}: ${
    'text' in content ? content.text : JSON.stringify(content.data)}`,
  verb: 'Publish',
  path: '/api/publish',
  body: { channel, ...content },
  done: (answer) => `Published to ${channel}${answer.offset === undefined
    ? '' : ` at offset ${number(answer.offset)}`}.`,
});

export const reconcile = (node?: string): Action => ({
  title: 'Reconcile subscriptions?',
  sentence: `${node ? `Node ${nodeName(node)} subscribes` : 'All nodes subscribe'
  } again to channels that Redis does not know. Losses are repaired or told.`,
  verb: 'Reconcile',
  path: '/api/bridge/reconcile',
  body: node ? { node } : {},
  done: (answer) => answer.renewed === 1
    ? '1 subscription was renewed.'
    : `${number(answer.renewed)} subscriptions were renewed.`,
});

export const logLevel = (level: string, node?: string): Action => ({
  title: 'Change the log level?',
  sentence: `${node ? `Node ${nodeName(node)} logs` : 'All nodes log'
  } from level ${level} on.`,
  verb: 'Change',
  path: '/api/log-level',
  body: node ? { level, node } : { level },
  done: (answer) => `The log level is ${answer.level}.`,
});

const drains = {
  start: (name: string, rate?: number) => ({
    title: 'Drain this node?',
    sentence: `Node ${name} is not ready any more, refuses new clients and${
      ''} tells ${clients(rate)} per second to reconnect.`,
    verb: 'Drain',
  }),
  pause: (name: string) => ({
    title: 'Pause the drain?',
    sentence: `Node ${name} keeps its remaining clients and refuses new ones.`,
    verb: 'Pause',
  }),
  resume: (name: string) => ({
    title: 'Resume the drain?',
    sentence: `Node ${name} continues to send its clients to other nodes.`,
    verb: 'Resume',
  }),
  cancel: (name: string) => ({
    title: 'Cancel the drain?',
    sentence: `Node ${name} stops draining and accepts clients again.`,
    verb: 'Cancel drain',
  }),
};

export function drain(node: string, what: keyof typeof drains,
  rate?: number): Action {
  return {
    ...drains[what](nodeName(node), rate),
    path: '/api/drain',
    body: rate === undefined ? { node, do: what } : { node, do: what, rate },
    done: (answer) => `The drain of ${nodeName(node)} is ${
      answer.drain?.state ?? 'cancelled'}.`,
  };
}
