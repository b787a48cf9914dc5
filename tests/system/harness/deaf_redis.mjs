// A proxy to Redis that can make subscribers deaf: they stay connected, their
// pings are answered, and no message comes through.
import net from 'node:net';
import { register } from './cleanup.mjs';

/** The end of a complete protocol reply at `start`, or -1. */
function endOfReply(bytes, start) {
  const line = bytes.indexOf('\r\n', start, 'latin1');
  if (line < 0) return -1;
  const head = bytes.toString('latin1', start + 1, line);
  const type = String.fromCharCode(bytes[start]);
  if (type === '$') {
    const end = Number(head) < 0 ? line + 2 : line + 2 + Number(head) + 2;
    return end <= bytes.length ? end : -1;
  }
  let at = line + 2;
  for (let i = 0; type === '*' && i < Number(head); ++i) {
    at = endOfReply(bytes, at);
    if (at < 0) return -1;
  }
  return at;
}

class DeafRedis {
  constructor(redis) {
    this.isDeaf = false;
    this.pairs = new Set();
    this.server = net.createServer((node) => this.join(node, redis.port));
  }

  join(node, port) {
    const redis = net.connect({ port, host: '127.0.0.1' });
    this.pairs.add([node, redis]);
    for (const end of [node, redis]) {
      end.on('error', () => {});
      end.on('close', () => { node.destroy(); redis.destroy(); });
    }
    node.pipe(redis);
    let rest = Buffer.alloc(0);
    redis.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      let start = 0;
      for (let end = endOfReply(rest, 0); end >= 0 && start < rest.length;
        end = start < rest.length ? endOfReply(rest, start) : -1) {
        const reply = rest.subarray(start, end);
        start = end;
        const isMessage = reply.toString('latin1', 0, 20).includes('\r\nmessage');
        if (!this.isDeaf || !isMessage) node.write(reply);
      }
      rest = rest.subarray(start);
    });
  }

  hangUp() {
    this.server.close();
    for (const pair of this.pairs) for (const end of pair) end.destroy();
  }
}

/** Starts such a proxy; its `url` is for a node's `redis.url`. */
export async function layDeafWay(redis) {
  const way = register(new DeafRedis(redis));
  await new Promise((resolve) => way.server.listen(0, '127.0.0.1', resolve));
  way.url = `redis://127.0.0.1:${way.server.address().port}`;
  return way;
}
