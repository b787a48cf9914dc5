// The admin service, as scripts and pages use it.
import assert from 'node:assert/strict';
import WebSocket from 'ws';
import { within } from './deadline.mjs';
import { register } from './cleanup.mjs';

/** The answer to `GET /api/<path>`, which must be 200. */
export async function ask(node, path) {
  const answer = await node.admin(`/api/${path}`);
  assert.equal(answer.status, 200, `${path}: ${answer.text}`);
  return answer.json();
}

/** The answer to `POST /api/<path>`, which must have that status. */
export async function act(node, path, body, status = 200) {
  const answer = await node.admin(`/api/${path}`, { method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body) });
  assert.equal(answer.status, status, `${path}: ${answer.text}`);
  return answer.json();
}

/** An opened live stream; `messages` collects. */
export async function live(node, wish) {
  const socket = new WebSocket(`ws://127.0.0.1:${node.adminPort}/live`);
  const messages = [];
  socket.on('message', (data) => messages.push(JSON.parse(data)));
  socket.on('error', () => {});
  await within(new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('close', () => reject(new Error('the stream was refused')));
  }), 'a live stream');
  socket.send(JSON.stringify(wish));
  return register({ messages, close: () => socket.terminate(),
    hangUp: () => socket.terminate() });
}
