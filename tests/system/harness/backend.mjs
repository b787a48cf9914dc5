// An application's backend that the node asks about its clients.
import { createServer } from 'node:http';
import { eventually } from './deadline.mjs';
import { register } from './cleanup.mjs';

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString());
}

class Backend {
  constructor() {
    /** The answers by path: a value, or a function of the question. */
    this.answers = {};
    /** Questions as `{ path, headers, body }`. */
    this.asked = [];
    /** Questions that wait while `isSlow`. */
    this.isSlow = false;
    this.waiting = [];
    this.mostAtOnce = 0;
    this.atOnce = 0;
  }

  async listen(port = 0) {
    this.server = createServer((request, response) => {
      this.serve(request, response).catch(() => response.destroy());
    });
    await new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', resolve);
    });
    this.port = this.server.address().port;
    return this;
  }

  async serve(request, response) {
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    response.once('close', () => { this.atOnce -= 1; });
    const body = await bodyOf(request);
    const question = { path: request.url, headers: request.headers, body };
    this.asked.push(question);
    if (this.isSlow) await new Promise((resolve) => this.waiting.push(resolve));
    const answer = this.answers[request.url] ?? { result: {} };
    const { status = 200, text } = answer;
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(text
      ?? JSON.stringify(typeof answer === 'function' ? answer(body) : answer));
  }

  /** Answers all waiting questions. */
  release() {
    this.isSlow = false;
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  url(path) {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  questions(path) {
    return this.asked.filter((each) => each.path === path);
  }

  async isAsked(path, count = 1) {
    await eventually(() => this.questions(path).length >= count,
      () => `${count} questions, ${this.questions(path).length} came`);
    return this.questions(path);
  }

  async stop() {
    this.release();
    if (!this.server) return;
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    this.server = undefined;
    await closed;
  }

  /** Starts again at the same address. */
  async restart() {
    await this.listen(this.port);
  }
}

export async function startBackend() {
  return register(await new Backend().listen());
}
