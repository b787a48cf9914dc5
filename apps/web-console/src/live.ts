// One stream of /live: calls back for each message, and once at the end.
import { learnNames, refuse, token } from './api';
import type { Params } from './api';

export interface Message {
  topic?: string; data?: unknown; events?: unknown[]; skipped?: number;
  end?: string;
}

/** Returns a function that ends the stream silently. */
export function openStream(request: Params,
  hear: (message: Message) => void, ended: (why: string) => void) {
  const url = new URL('/live', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(url);
  let over = false;
  const end = (why: string) => {
    if (over) return;
    over = true;
    socket.close();
    ended(why);
  };
  socket.onopen = () => {
    const given = token.get() ? { token: token.get() } : {};
    socket.send(JSON.stringify({ ...given, ...request }));
  };
  socket.onmessage = ({ data }) => {
    if (over) return;
    let message: Message;
    try {
      message = JSON.parse(String(data));
    } catch {
      return end('the node sent something that is not JSON');
    }
    if (message.end !== undefined) {
      if (message.end.includes('valid token')) refuse();
      return end(message.end);
    }
    learnNames(message.data);
    hear(message);
  };
  socket.onclose = ({ reason }) => end(reason || 'the connection was lost');
  return () => {
    over = true;
    socket.close();
  };
}
