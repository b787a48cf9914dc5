// A reader of server-sent events that shows the fields as they were sent.
import assert from 'node:assert/strict';
import http from 'node:http';
import { eventually, within } from './deadline.mjs';
import { register } from './cleanup.mjs';

/** One response; `dispatch` receives each event at its empty line. */
export class EventStream {
  constructor(node, path, headers) {
    this.events = [];
    this.comments = [];
    this.fields = {};
    this.rest = '';
    this.request = http.request({ host: '127.0.0.1', port: node.port, path,
      headers, agent: false });
    this.request.on('error', () => {});
    this.ended = new Promise((resolve) => this.request.on('close', resolve));
    this.answered = new Promise((resolve, reject) => {
      this.request.on('error', reject);
      this.request.on('response', (response) => {
        this.status = response.statusCode;
        this.headers = response.headers;
        response.setEncoding('utf8');
        response.on('data', (text) => this.parse(text));
        response.on('error', () => {});
        resolve();
      });
    });
    this.request.end();
  }

  parse(text) {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop();
    for (const line of lines) {
      if (line.startsWith(':')) {
        this.comments.push(line.slice(1).trim());
      } else if (line === '') {
        this.dispatch(this.fields);
        this.fields = {};
      } else {
        const [, name, value] = /^([^:]*):? ?(.*)$/.exec(line);
        if (name === 'data') (this.fields.data ??= []).push(value);
        else if (name === 'retry') this.retry = Number(value);
        else this.fields[name] = value;
      }
    }
  }

  dispatch({ id, event = 'message', data }) {
    this.lastId = id ?? this.lastId;
    if (data) this.events.push({ event, data: data.join('\n') });
  }

  /** The next event as `{ event, data }`. */
  async next(milliseconds) {
    await eventually(() => this.events.length > 0, 'an event', milliseconds);
    return this.events.shift();
  }

  async comment(milliseconds) {
    await eventually(() => this.comments.length > 0, 'a comment', milliseconds);
    return this.comments.shift();
  }

  hangUp() {
    this.request.destroy();
  }
}

/** Opens an event stream; the caller checks `.status`. */
export async function listen(node, channel, headers = {}) {
  const stream = register(
    new EventStream(node, `/sse/${encodeURIComponent(channel)}`, headers));
  await within(stream.answered, 'the answer to GET /sse');
  return stream;
}

/** Opens one that must be accepted. */
export async function subscribe(node, channel) {
  const stream = await listen(node, channel);
  assert.equal(stream.status, 200);
  return stream;
}
