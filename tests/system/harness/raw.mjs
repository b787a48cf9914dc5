// Bare TCP: handshakes and frames no well-behaved library would send.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import net from 'node:net';
import { eventually, patience, within } from './deadline.mjs';
import { register } from './cleanup.mjs';

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8,
  ping: 9, pong: 10 };

class RawConnection {
  constructor(port, host) {
    this.bytes = Buffer.alloc(0);
    this.socket = net.connect({ port, host, noDelay: true });
    this.socket.on('data', (chunk) => {
      this.bytes = Buffer.concat([this.bytes, chunk]);
    });
    this.socket.on('error', () => {});
    this.socket.on('end', () => { this.finished = true; });
    this.ended = new Promise((resolve) => this.socket.on('close', () => {
      this.finished = true;
      resolve();
    }));
    this.connected = new Promise((resolve, reject) => {
      this.socket.once('connect', resolve);
      this.socket.once('error', reject);
    });
  }

  send(data) {
    this.socket.write(data);
  }

  /** Waits until `parse` finds something at the front of the input. */
  async take(parse, what, milliseconds = patience) {
    return eventually(() => {
      const found = parse(this.bytes);
      if (found) {
        this.bytes = this.bytes.subarray(found.size);
        return found;
      }
      if (this.finished) {
        assert.fail(`the peer closed after ${JSON.stringify(
          this.bytes.toString('latin1').slice(0, 200))}`);
      }
      return undefined;
    }, what, milliseconds);
  }

  /** The next HTTP response with a body of known length. */
  response(milliseconds) {
    return this.take(parseResponse, 'an HTTP response', milliseconds);
  }

  /** The next frame as `{ fin, opcode, payload }`. */
  frame(milliseconds) {
    return this.take(parseFrame, 'a frame', milliseconds);
  }

  /** Skips data until the close frame and returns its code. */
  async closeCode(milliseconds) {
    for (;;) {
      const { opcode, payload } = await this.frame(milliseconds);
      if (opcode === opcodes.close) {
        return payload.length >= 2 ? payload.readUInt16BE(0) : 1005;
      }
    }
  }

  async expectEnd(what, milliseconds) {
    await within(this.ended, what ?? 'the end of the connection', milliseconds);
  }

  hangUp() {
    this.socket.destroy();
  }
}

function parseResponse(bytes) {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [start, ...lines] = bytes.subarray(0, end).toString('latin1')
    .split('\r\n');
  const headers = Object.fromEntries(lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  }));
  const size = end + 4 + Number(headers['content-length'] ?? 0);
  if (bytes.length < size) return undefined;
  return { status: Number(start.split(' ')[1]), headers, size,
    text: bytes.subarray(end + 4, size).toString() };
}

function parseFrame(bytes) {
  if (bytes.length < 2) return undefined;
  assert.equal(bytes[1] & 0x80, 0, 'a server must not mask');
  let length = bytes[1] & 0x7f;
  let offset = 2;
  if (length === 126) {
    if (bytes.length < 4) return undefined;
    length = bytes.readUInt16BE(2);
    offset = 4;
  } else if (length === 127) {
    if (bytes.length < 10) return undefined;
    length = Number(bytes.readBigUInt64BE(2));
    offset = 10;
  }
  if (bytes.length < offset + length) return undefined;
  return { fin: (bytes[0] & 0x80) !== 0, opcode: bytes[0] & 0x0f,
    payload: Buffer.from(bytes.subarray(offset, offset + length)),
    size: offset + length };
}

/** A client frame; `declared` lies about the length, `masked` may be false. */
export function frame(opcode, payload = '', { fin = true, masked = true,
  reserved = 0, declared } = {}) {
  const data = Buffer.from(payload);
  const length = BigInt(declared ?? data.length);
  const head = [(fin ? 0x80 : 0) | (reserved << 4) | opcode];
  const mask = masked ? 0x80 : 0;
  if (length < 126n) {
    head.push(mask | Number(length));
  } else if (length < 65536n) {
    head.push(mask | 126, Number(length >> 8n), Number(length & 255n));
  } else {
    head.push(mask | 127);
    for (let shift = 56n; shift >= 0n; shift -= 8n) {
      head.push(Number((length >> shift) & 255n));
    }
  }
  if (!masked) return Buffer.concat([Buffer.from(head), data]);
  const key = Buffer.from([0x5a, 0x17, 0xc3, 0x88]);
  const hidden = data.map((byte, i) => byte ^ key[i % 4]);
  return Buffer.concat([Buffer.from(head), key, hidden]);
}

export function closeFrame(code, reason = '') {
  const payload = Buffer.alloc(2);
  payload.writeUInt16BE(code);
  return frame(opcodes.close, Buffer.concat([payload, Buffer.from(reason)]));
}

/**
 * The text of a handshake. `headers` replace the usual ones by name; null
 * leaves one out, an array repeats it.
 */
export function handshake(target, { method = 'GET', version = 'HTTP/1.1',
  headers = {} } = {}) {
  const all = {
    Host: '127.0.0.1',
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => {
    if (value === null) return [];
    return [value].flat().map((one) => `${name}: ${one}`);
  });
  return `${method} ${target} ${version}\r\n${lines.join('\r\n')}\r\n\r\n`;
}

/** A plain TCP connection to a port of the loopback address. */
export async function dial(port, host = '127.0.0.1') {
  const connection = register(new RawConnection(port, host));
  await within(connection.connected, `a TCP connection to ${port}`);
  return connection;
}

/** A bare connection after a good handshake, ready for frames. */
export async function dialChannel(node, path) {
  const connection = await dial(node.port);
  connection.send(handshake(path));
  const answer = await connection.response();
  assert.equal(answer.status, 101, answer.text);
  return connection;
}
