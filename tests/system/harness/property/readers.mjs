// Readers that come back after every loss with the position they had.
import { centrifuge } from '../centrifuge.mjs';
import { register } from '../cleanup.mjs';
import { EventStream } from '../event_stream.mjs';
import WebSocket from 'ws';

/** `seen` lists messages in order: `{ offset, data }`, and `{ loss }` where the
 * reader was told that something is missing. */
class Reader {
  constructor(world, name, channel, cable, since) {
    Object.assign(this, { world, name, channel, cable });
    this.seen = [];
    this.position = since;
  }

  take(offset, data) {
    this.seen.push({ offset, data });
  }

  lose(why) {
    this.seen.push({ loss: why });
    this.world.log(`${this.name} is told: ${why}`);
  }

  has(data) {
    return this.seen.some((each) => each.data === data);
  }
}

export class CentrifugeReader extends Reader {
  constructor(...args) {
    super(...args);
    this.client = centrifuge(this.cable);
    const options = { recoverable: true, minResubscribeDelay: 50,
      maxResubscribeDelay: 300 };
    if (this.position) options.since = this.position;
    this.sub = this.client.centrifuge.newSubscription(this.channel, options);
    this.sub.on('subscribed', (what) => {
      if (what.wasRecovering && !what.recovered) this.lose('not recovered');
      this.isIn = true;
    });
    this.sub.on('subscribing', () => { this.isIn = false; });
    this.sub.on('publication', ({ offset, data }) => this.take(offset, data));
    this.sub.on('unsubscribed', ({ code }) => this.lose(`out for good: ${code}`));
    this.sub.subscribe();
    this.client.centrifuge.connect();
  }

  hangUp() {
    this.client.hangUp();
  }
}

/** The common part of plain readers, which reconnect by themselves. */
class PlainReader extends Reader {
  constructor(...args) {
    super(...args);
    register(this);
    this.open();
  }

  get since() {
    return this.position && `${this.position.offset}:${this.position.epoch}`;
  }

  at(offset, epoch) {
    this.position = { offset, epoch };
    this.isIn = true;
  }

  again() {
    this.isIn = false;
    if (!this.over) this.timer = setTimeout(() => this.open(), 50);
  }

  hangUp() {
    this.over = true;
    clearTimeout(this.timer);
    this.close();
  }
}

export class SocketReader extends PlainReader {
  open() {
    const since = this.since ? `&since=${this.since}` : '';
    const socket = new WebSocket(this.cable.socketUrl(
      `/ws/${encodeURIComponent(this.channel)}?notices=R${since}`));
    this.socket = socket;
    let offset;
    socket.on('error', () => {});
    socket.on('close', () => this.again());
    socket.on('message', (bytes) => {
      const said = JSON.parse(bytes.toString());
      if (said.rookery === 'position') {
        offset = said.offset;
        this.at(offset, said.epoch);
      } else if (said.rookery === 'gap') {
        this.lose(said.reason);
        // The count is invalid: the next connection is told its position.
        if (offset !== undefined) socket.terminate();
      } else if (offset === undefined) {
        this.lose(`a message before the position: ${said}`);
      } else if (socket.readyState === WebSocket.OPEN) {
        offset += 1;
        this.take(offset, said);
        this.at(offset, this.position.epoch);
      }
    });
  }

  close() {
    this.socket.terminate();
  }
}

class PropertyStream extends EventStream {
  constructor(reader, headers) {
    super(reader.cable, `/sse/${encodeURIComponent(reader.channel)}`, headers);
    this.reader = reader;
    this.answered.catch(() => {});
  }

  dispatch({ id, event, data }) {
    const [, offset, epoch] = /^(\d+):(\w+)$/.exec(id ?? '') ?? [];
    if (epoch) this.reader.at(Number(offset), epoch);
    if (event === 'gap') this.reader.lose(data.join());
    else if (data) this.reader.take(Number(offset), JSON.parse(data.join('\n')));
  }
}

export class EventReader extends PlainReader {
  open() {
    this.stream = new PropertyStream(this,
      this.since ? { 'Last-Event-ID': this.since } : {});
    this.stream.ended.then(() => this.again());
  }

  close() {
    this.stream.hangUp();
  }
}

export const readers = { centrifuge: CentrifugeReader, socket: SocketReader,
  events: EventReader };
