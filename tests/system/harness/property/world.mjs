// One run: a Redis that forgets nothing, nodes behind cables, publishers and
// readers, and a log of what happened.
import { layCable } from '../cable.mjs';
import { centrifuge } from '../centrifuge.mjs';
import { eventually, pause } from '../deadline.mjs';
import { choices } from '../random.mjs';
import { startRedis } from '../redis_server.mjs';
import { startCluster } from '../rookery_node.mjs';
import { carryOut, planFaults } from './faults.mjs';
import { publishers } from './publishers.mjs';
import { readers } from './readers.mjs';
import { checkHistory, checkReader } from './verdict.mjs';

/** `deep` keeps everything, `short` trims soon. */
const channels = ['deep:a', 'short:a'];
const settings = {
  'centrifuge.insecure': true,
  'namespace.deep.history-size': 10_000,
  'namespace.deep.history-ttl': '10min',
  'namespace.short.history-size': 12,
  'namespace.short.history-ttl': '10min',
};
const durable = ['--appendonly', 'yes', '--appendfsync', 'always'];

/** The time within which everything must work again. */
const recovery = 45_000;

class World {
  constructor() {
    this.begun = performance.now();
    this.events = [];
    this.readers = [];
    this.publishers = [];
    this.ends = 0;
  }

  log(text) {
    const at = Math.round(performance.now() - this.begun);
    this.events.push(`${String(at).padStart(6)} ${text}`);
  }

  /** Waits for a moment of the run. */
  async reach(milliseconds) {
    const left = this.zero + milliseconds - performance.now();
    if (left > 0) await pause(left);
  }

  async start(count) {
    const redis = await startRedis({ args: durable });
    const { nodes } = await startCluster({ redis, count, settings });
    this.redis = redis;
    this.nodes = nodes;
    this.cables = [];
    for (const node of nodes) this.cables.push(await layCable(node));
  }

  read(kind, channel, cable, since, name = `${kind}${this.readers.length}`) {
    const reader = new readers[kind](this, name, channel, cable, since);
    this.readers.push(reader);
    return reader;
  }

  async fill(random) {
    for (const channel of channels) {
      for (const cable of this.cables) {
        for (const kind of Object.keys(readers)) {
          this.read(kind, channel, cable);
        }
      }
      for (const Kind of publishers) {
        const where = random.between(0, this.nodes.length - 1);
        const place = random.pick([this.nodes[where], this.cables[where]]);
        this.publishers.push(new Kind(this, `p${this.publishers.length}`,
          channel, place));
      }
    }
    await this.allAreIn();
  }

  async allAreIn() {
    await eventually(() => this.readers.every(({ isIn }) => isIn),
      () => `all readers are in: not ${
        this.readers.filter(({ isIn }) => !isIn).map(({ name }) => name)}`,
      recovery);
  }

  outcomesOf(channel) {
    return new Map(this.publishers
      .filter((each) => each.channel === channel)
      .flatMap(({ outcomes }) => [...outcomes]));
  }

  /** Publishes on `channel` until it is accepted, and returns the data. */
  async finish(channel) {
    const outcomes = new Map();
    this.publishers.push({ channel, outcomes });
    for (;;) {
      this.ends += 1;
      const id = `end of ${channel}:${this.ends}`;
      const { status, text } = await this.nodes[0]
        .publish(channel, JSON.stringify(id));
      outcomes.set(id, status === 200 ? 'accepted'
        : /unknown/.test(text) ? 'unknown' : 'refused');
      if (status === 200) return id;
      this.log(`${id} ${outcomes.get(id)}`);
      await pause(200);
    }
  }

  async settle() {
    await Promise.all(this.publishers.map((each) => each.stop()));
    this.log('publishers have stopped');
    await Promise.all(this.nodes.map((node) => node.ready(recovery)));
    // A reader that comes back later may be told that the last one is lost,
    // too.
    await this.allAreIn();
    for (const channel of channels) await this.bringHome(channel);
    this.log('everybody has everything');
  }

  /** Waits until every reader has the last publication of `channel`. A reader
   * that is told of a loss just then has lost it, too: publish another one. */
  async bringHome(channel) {
    const all = this.readers.filter((each) => each.channel === channel);
    const deadline = performance.now() + recovery;
    for (;;) {
      const last = await this.finish(channel);
      const late = () => all.filter((each) => !each.has(last))
        .map(({ name, seen }) => `${name} at ${seen.at(-1)?.offset}`);
      try {
        await eventually(() => late().length === 0,
          () => `${last} reaches everybody: not ${late()}`, recovery / 4);
        return;
      } catch (error) {
        if (performance.now() > deadline) throw error;
        this.log(error.message);
      }
    }
  }

  /** The stored history of `channel`, as `node` answers. */
  async history(node, channel) {
    const client = await centrifuge(node).connected();
    const result = [];
    let since = { offset: 0, epoch: '' };
    for (;;) {
      const page = await client.centrifuge.history(channel,
        { limit: 100, since });
      result.push(...page.publications.map(
        ({ offset, data }) => ({ offset, data })));
      const { epoch } = page;
      const last = result.at(-1)?.offset ?? page.offset;
      if (last >= page.offset) {
        client.hangUp();
        return { epoch, publications: result };
      }
      since = { offset: last, epoch };
    }
  }

  /** Late readers of each kind get all that can be recovered. */
  async readAgain(channel, { epoch, publications }) {
    const last = publications.at(-1);
    const offset = Math.max(publications[0].offset - 1, last.offset - 250);
    const late = [];
    for (const cable of this.cables) {
      for (const kind of Object.keys(readers)) {
        late.push(this.read(kind, channel, cable, { offset, epoch },
          `late ${kind}`));
      }
    }
    await eventually(() => late.every((each) => each.has(last.data)),
      'who comes late has everything', recovery);
    return late.map((each) => [each, offset + 1]);
  }

  async judge(channel) {
    const early = this.readers.filter((each) => each.channel === channel)
      .map((each) => [each, 1]);
    const histories = [];
    for (const node of this.nodes) {
      histories.push(await this.history(node, channel));
    }
    const [kept] = histories;
    const broken = checkHistory(kept.publications, this.outcomesOf(channel));
    for (const other of histories.slice(1)) {
      if (JSON.stringify(other) !== JSON.stringify(kept)) {
        broken.push('nodes do not have the same history');
      }
    }
    const known = new Map(
      kept.publications.map(({ offset, data }) => [offset, data]));
    const late = await this.readAgain(channel, kept);
    for (const [reader, first] of early) {
      broken.push(...checkReader(reader, known,
        { first, mayLose: channel.startsWith('short') }));
    }
    for (const [reader, first] of late) {
      broken.push(...checkReader(reader, known, { first }));
    }
    this.log(`${channel}: ${kept.publications.at(-1).offset} publications`);
    return broken.map((what) => `${channel}: ${what}`);
  }
}

/** Plays one run of about `duration` milliseconds. Returns the broken promises
 * as sentences, with the log of events, the ends of the nodes' logs, and the
 * number of publications per outcome. */
export async function play(seed, { duration, nodes }) {
  const random = choices(seed);
  const world = new World();
  const broken = [];
  try {
    await world.start(nodes);
    await world.fill(random);
    const steps = planFaults(world, random, duration);
    world.zero = performance.now();
    for (const each of world.publishers) {
      each.start(choices(random.between(0, 2 ** 31)));
    }
    await carryOut(world, steps);
    await world.settle();
    for (const channel of channels) broken.push(...await world.judge(channel));
  } catch (error) {
    broken.push(error.stack);
  }
  const tally = {};
  for (const { outcomes } of world.publishers) {
    for (const outcome of outcomes.values()) {
      tally[outcome] = (tally[outcome] ?? 0) + 1;
    }
  }
  const logs = (world.nodes ?? []).map(({ program }) => program.tail(40));
  return { broken, events: world.events, logs, tally };
}
