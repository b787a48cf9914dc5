// A node's admin listener for development, with a made-up cluster behind it:
// node dev/mock.mjs [--port=9081] [--token=T] [--scope=node]
import { createReadStream } from 'node:fs';
import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import { actions, actor, questions, Refusal } from './answers.mjs';
import { World } from './world.mjs';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const files = { '/': ['index.html', 'text/html; charset=utf-8'],
  '/console.js': ['console.js', 'text/javascript; charset=utf-8'],
  '/console.css': ['console.css', 'text/css; charset=utf-8'] };

/** The content security policy that a node sends with the page. */
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; "
  + "connect-src 'self'; img-src 'self' data:; base-uri 'none'; "
  + "form-action 'none'; frame-ancestors 'none'";

async function bodyOf(request) {
  if (!/^application\/json/.test(request.headers['content-type'] ?? '')) {
    throw new Refusal(415, 'actions are application/json');
  }
  let text = '';
  for await (const piece of request) text += piece;
  return JSON.parse(text);
}

async function answer(world, token, request) {
  const { pathname, searchParams } = new URL(request.url, 'http://mock');
  if (token && request.headers.authorization !== `Bearer ${token}`) {
    throw new Refusal(401, 'a valid token is required');
  }
  const query = Object.fromEntries(searchParams);
  const one = /^\/api\/actors\/(\d+)$/.exec(pathname);
  if (one) return actor(world, one[1], query);
  if (request.method === 'POST') {
    if (!actions[pathname]) throw new Refusal(404, 'no such action');
    return actions[pathname](world, await bodyOf(request));
  }
  if (!questions[pathname]) throw new Refusal(404, 'no such question');
  return questions[pathname](world, query);
}

function stream(world, socket, { topic, seconds = 60, ...rest }) {
  if (topic !== 'watch') {
    const tell = () => socket.send(JSON.stringify(
      { topic, data: questions[`/api/${topic}`](world, rest) }));
    tell();
    const timer = setInterval(tell, 1000);
    return socket.on('close', () => clearInterval(timer));
  }
  const hear = (event) => {
    const hit = ['channel', 'user', 'connection'].some(
      (key) => rest[key] !== undefined && event[key] === rest[key]);
    if (hit) socket.send(JSON.stringify(
      { topic, events: [event], skipped: 0 }));
  };
  world.watchers.add(hear);
  const timer = setTimeout(() => {
    socket.send(JSON.stringify({ end: 'time is over' }));
    socket.close();
  }, seconds * 1000);
  return socket.on('close', () => {
    clearTimeout(timer);
    world.watchers.delete(hear);
  });
}

/** Listens on `port`; returns `{ port, world, close }`. */
export async function startMock({ port = 0, token = '', scope,
  world = new World({ scope }) } = {}) {
  const server = http.createServer(async (request, response) => {
    const file = files[request.url];
    if (file) {
      response.writeHead(200, { 'Content-Type': file[1],
        'Content-Security-Policy': policy });
      return createReadStream(`${dist}/${file[0]}`).pipe(response);
    }
    let status = 200;
    let text;
    try {
      text = JSON.stringify(await answer(world, token, request));
    } catch (error) {
      status = error.status ?? 500;
      text = JSON.stringify({ error: error.message });
    }
    response.writeHead(status, { 'Content-Type': 'application/json' });
    return response.end(text);
  });
  const sockets = new WebSocketServer({ server, path: '/live' });
  sockets.on('connection', (socket) => {
    socket.once('message', (data) => {
      const request = JSON.parse(data);
      if (token && request.token !== token) {
        socket.send(JSON.stringify({ end: 'a valid token is required' }));
        return socket.close();
      }
      return stream(world, socket, request);
    });
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { port: server.address().port, world, close() {
    world.stop();
    for (const socket of sockets.clients) socket.terminate();
    server.close();
    server.closeAllConnections();
  } };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const options = Object.fromEntries(process.argv.slice(2).map(
    (each) => each.replace(/^--/, '').split('=')));
  const { port } = await startMock({ ...options,
    port: Number(options.port ?? 9081) });
  console.log(`http://127.0.0.1:${port}/`);
}
