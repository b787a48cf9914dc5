// The server of every tutorial: npm ws and redis in one Node.js process.
//   node server.mjs PORT REDIS_URL
import { createClient } from 'redis';
import { WebSocketServer } from 'ws';

const [port, url] = process.argv.slice(2);
const pingInterval = 25_000;
const channels = new Map();

const publisher = createClient({ url });
const subscriber = publisher.duplicate();
for (const client of [publisher, subscriber]) {
  client.on('error', (error) => console.error(error.message));
  await client.connect();
}

function join(channel, socket) {
  const members = channels.get(channel);
  if (members) {
    members.add(socket);
    return;
  }
  channels.set(channel, new Set([socket]));
  subscriber.subscribe(channel, (message) => {
    for (const member of channels.get(channel) ?? []) member.send(message);
  });
}

function leave(channel, socket) {
  const members = channels.get(channel);
  members.delete(socket);
  if (members.size > 0) return;
  channels.delete(channel);
  subscriber.unsubscribe(channel);
}

const server = new WebSocketServer({
  host: '127.0.0.1', port: Number(port), backlog: 4096,
});

server.on('connection', (socket, request) => {
  const channel = decodeURIComponent(request.url.slice('/ws/'.length));
  socket.isAlive = true;
  socket.on('pong', () => { socket.isAlive = true; });
  socket.on('message', (data) => publisher.publish(channel, data.toString()));
  socket.on('error', () => socket.terminate());
  socket.on('close', () => leave(channel, socket));
  join(channel, socket);
});

setInterval(() => {
  for (const socket of server.clients) {
    if (!socket.isAlive) {
      socket.terminate();
      continue;
    }
    socket.isAlive = false;
    socket.ping();
  }
}, pingInterval);

server.on('listening', () => {
  console.log(`listening port=${server.address().port}`);
});
process.on('SIGTERM', () => process.exit(0));
