// Clients of the Centrifuge protocol see no difference between nodes.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { centrifuge, dataOf, inSeconds, open, secret, silentLosses, token,
  told } from './harness/centrifuge.mjs';
import { connect, eventually, layCable, leaveNothing, listen, pause,
  startCluster, upTo } from './harness/index.mjs';

const settings = {
  'token.hmac-secrets': secret,
  ...open('seen', { presence: true, 'join-leave': true }),
  ...open('kept', { 'history-size': 1000, 'history-ttl': '1min' }),
  ...open('sure', { 'history-size': 300, 'history-ttl': '1min',
    'force-recovery': true }),
};

describe('clients of the Centrifuge protocol on two nodes', () => {
  let redis;
  let one;
  let two;

  before(async () => {
    ({ redis, nodes: [one, two] } = await startCluster({ settings }));
  });
  after(leaveNothing);

  const user = (node, name, more = {}) => centrifuge(node,
    { token: token({ sub: name, ...more }) }).connected();

  it('recover what their token subscribes', async () => {
    const channels = ['sure:a', 'sure:b', 'kept:c'];
    const ann = centrifuge(one, { token: token({ sub: 'ann',
      subs: Object.fromEntries(channels.map((name) => [name, {}])) }) });
    const seen = Object.fromEntries(channels.map((name) => [name, []]));
    ann.centrifuge.on('publication', ({ channel, data, offset }) =>
      seen[channel].push([data.n, offset]));
    const subscribed = [];
    ann.centrifuge.on('subscribed', (what) => subscribed.push(what));
    await ann.connected();
    const bob = await user(two, 'bob');
    const publish = async (from, to) => {
      for (let n = from; n <= to; ++n) {
        for (const name of channels) {
          await bob.centrifuge.publish(name, { n, text: 'x'.repeat(5_000) });
        }
      }
    };
    const all = (count) => eventually(
      () => channels.slice(0, 2).every((name) => seen[name].length >= count),
      () => `${count}, not ${JSON.stringify(Object.values(seen))}`);
    let last = 0;
    for (const missed of [5, 200]) {
      await publish(last + 1, last + 3);
      await all(last + 3);
      ann.cut();
      await publish(last + 4, last + 3 + missed);
      await eventually(() => ann.centrifuge.state === 'connected', 'it is back');
      last += 3 + missed;
      await all(last);
    }
    for (const name of ['sure:a', 'sure:b']) {
      assert.deepEqual(seen[name], upTo(last).map((n) => [n, n]));
    }
    assert.deepEqual(subscribed.filter(({ channel }) => channel === 'sure:a')
      .map(({ wasRecovering, recovered }) => [wasRecovering, recovered]),
    [[false, false], [true, true], [true, true]]);
    // A token does not ask for recovery: the namespace or the token forces it.
    assert.ok(subscribed.filter(({ channel }) => channel === 'kept:c')
      .every(({ recoverable }) => !recoverable));
    ann.hangUp();
    bob.hangUp();
  });

  for (const channel of ['seen:all', 'kept:all']) {
    it(`share ${channel} with everybody else`, async () => {
      const ann = await user(one, 'ann');
      const bob = await user(two, 'bob');
      const subs = [await ann.subscribe(channel),
        await bob.subscribe(channel)];
      const eve = token({ sub: 'eve' });
      const plain = await connect(one, `/ws/${channel}?token=${eve}`);
      const stream = await listen(two, channel,
        { Authorization: `Bearer ${eve}` });
      const steps = [
        () => bob.centrifuge.publish(channel, 1),
        () => redis.command('PUBLISH', channel, '2'),
        () => plain.send('3'),
        () => two.publish(channel, '4'),
        () => ann.centrifuge.publish(channel, 5),
      ];
      for (const [i, step] of steps.entries()) {
        await step();
        for (const sub of subs) await dataOf(sub, i + 1);
      }
      for (const sub of subs) {
        assert.deepEqual(sub.seen.map(({ data }) => data), [1, 2, 3, 4, 5]);
        assert.deepEqual(sub.seen.map(({ info }) => info?.user),
          ['bob', undefined, undefined, undefined, 'ann']);
        // A message published in Redis by hand is not in the history.
        assert.deepEqual(sub.seen.map(({ offset }) => offset ?? 0),
          channel === 'kept:all' ? [1, 0, 2, 3, 4] : [0, 0, 0, 0, 0]);
      }
      assert.deepEqual(await plain.texts(5), ['1', '2', '3', '4', '5']);
      const events = [];
      while (events.length < 5) events.push((await stream.next()).data);
      assert.deepEqual(events, ['1', '2', '3', '4', '5']);
      stream.hangUp();
      await plain.close();
      ann.hangUp();
      bob.hangUp();
    });
  }

  it('see each other', async () => {
    const all = [await user(one, 'ann', { info: { n: 1 } }),
      await user(two, 'bob'), await user(two, 'bob')];
    const subs = [];
    for (const each of all) subs.push(await each.subscribe('seen:presence'));
    for (const sub of subs) {
      await eventually(async () => {
        const stats = await sub.presenceStats();
        return stats.numClients === 3 && stats.numUsers === 2;
      }, 'three clients of two users');
      const { clients } = await sub.presence();
      assert.deepEqual(Object.values(clients).map((each) => each.user).sort(),
        ['ann', 'bob', 'bob']);
      assert.deepEqual(Object.values(clients).find((each) =>
        each.user === 'ann').connInfo, { n: 1 });
    }
    subs[1].unsubscribe();
    all[2].cut();
    all[2].hangUp();
    await eventually(async () => {
      const { clients } = await subs[0].presence();
      return Object.keys(clients).length === 1;
    }, 'who has gone is gone');
    all.forEach((each) => each.hangUp());
  });

  it('get each join and leave exactly once', async () => {
    const watchers = [await user(one, 'ann'), await user(two, 'ann')];
    const subs = [];
    for (const each of watchers) {
      subs.push(await each.subscribe('seen:door', { joinLeave: true }));
    }
    for (let i = 0; i < 10; ++i) {
      const guest = await user(i % 2 ? one : two, `guest ${i}`);
      const sub = await guest.subscribe('seen:door');
      if (i % 3) sub.unsubscribe();
      else guest.cut();
      guest.hangUp();
    }
    const steps = (sub) => sub.told.filter(({ info }) =>
      info?.user.startsWith('guest')).map(({ event, info }) =>
      `${info.user} ${event}`);
    for (const sub of subs) {
      await eventually(() => steps(sub).length >= 20,
        () => `20 steps, not ${steps(sub)}`);
    }
    // A duplicate would have arrived before this.
    const last = await user(one, 'last');
    await last.subscribe('seen:door');
    for (const sub of subs) {
      await told(sub, 'join', ({ info }) => info.user === 'last');
      assert.equal(steps(sub).length, 20);
      for (let i = 0; i < 10; ++i) {
        assert.deepEqual(
          steps(sub).filter((each) => each.startsWith(`guest ${i} `)),
          [`guest ${i} join`, `guest ${i} leave`]);
      }
    }
    last.hangUp();
    watchers.forEach((each) => each.hangUp());
  });

  it('read the history from any node', async () => {
    const ann = await user(one, 'ann');
    const bob = await user(two, 'bob');
    for (const data of [1, 2, 3]) await ann.centrifuge.publish('kept:h', data);
    const whole = await bob.centrifuge.history('kept:h', { limit: -1 });
    assert.deepEqual(whole.publications.map(({ data }) => data), [1, 2, 3]);
    assert.equal(whole.publications[0].info.user, 'ann');
    const mine = await ann.centrifuge.history('kept:h', { limit: 0 });
    assert.deepEqual([mine.publications, mine.offset, mine.epoch],
      [[], 3, whole.epoch]);
    const { epoch } = whole;
    const page = await bob.centrifuge.history('kept:h',
      { limit: 5, since: { offset: 3, epoch }, reverse: true });
    assert.deepEqual(page.publications.map(({ data }) => data), [2, 1]);
    ann.hangUp();
    bob.hangUp();
  });

  it('find on the other node what they missed', async () => {
    const cable = await layCable(one);
    const ann = await user(cable, 'ann');
    const sub = await ann.subscribe('kept:move', { recoverable: true });
    const bob = await user(two, 'bob');
    for (let n = 1; n <= 30; ++n) {
      if (n % 10 === 5) {
        await dataOf(sub, n - 1);
        cable.moveTo(cable.node === one ? two : one);
      }
      if (n % 10 === 7) cable.unplug();
      await bob.centrifuge.publish('kept:move', n);
      if (n % 10 === 9) cable.plug();
    }
    assert.deepEqual(await dataOf(sub, 30), upTo(30));
    const comebacks = sub.told.filter(({ wasRecovering }) => wasRecovering);
    assert.ok(comebacks.length >= 3);
    assert.ok(comebacks.every(({ recovered }) => recovered));
    ann.hangUp();
    bob.hangUp();
  });

  it('lose nothing in cuts of two seconds under steady publishing',
    async () => {
      const cable = await layCable(one);
      const ann = await user(cable, 'ann');
      const sub = await ann.subscribe('kept:cuts', { recoverable: true });
      const bob = await user(two, 'bob');
      let sent = 0;
      let over = false;
      const publishing = (async () => {
        while (!over) {
          await bob.centrifuge.publish('kept:cuts', ++sent);
          await pause(15);
        }
      })();
      for (let round = 1; round <= 3; ++round) {
        await dataOf(sub, sent + 5);
        await cable.whileUnplugged(() => pause(2_000),
          cable.node === one ? two : one);
        await eventually(() => sub.told.filter(
          ({ recovered }) => recovered).length === round, 'recovered');
      }
      over = true;
      await publishing;
      assert.deepEqual(await dataOf(sub, sent), upTo(sent));
      assert.deepEqual(silentLosses(sub), []);
      ann.hangUp();
      bob.hangUp();
    });

  it('take their fresh tokens to the other node', async () => {
    const cable = await layCable(one);
    const fresh = { user: 0, channel: 0 };
    const claims = { sub: 'ann', channel: '$kept:private' };
    const ann = await centrifuge(cable, {
      token: token({ sub: 'ann', exp: inSeconds(2) }),
      getToken: async () => {
        fresh.user += 1;
        return token({ sub: 'ann', exp: inSeconds(600) });
      },
    }).connected();
    const sub = await ann.subscribe('$kept:private', {
      recoverable: true,
      token: token({ ...claims, exp: inSeconds(2) }),
      getToken: async () => {
        fresh.channel += 1;
        return token({ ...claims, exp: inSeconds(600) });
      },
    });
    await eventually(() => fresh.user === 1 && fresh.channel === 1,
      'both tokens are renewed');
    await two.publish('$kept:private', '1');
    await dataOf(sub, 1);
    await cable.whileUnplugged(() => one.publish('$kept:private', '2'), two);
    await dataOf(sub, 2);
    await one.publish('$kept:private', '3');
    assert.deepEqual(await dataOf(sub, 3), [1, 2, 3]);
    assert.deepEqual(fresh, { user: 1, channel: 1 });
    ann.hangUp();
  });

  it('with an expired token get a new one on the way', async () => {
    const cable = await layCable(one);
    let asked = 0;
    const claims = { sub: 'ann', channel: '$kept:late' };
    const ann = await user(cable, 'ann');
    const sub = await ann.subscribe('$kept:late', {
      token: token({ ...claims, exp: inSeconds(-60) }),
      getToken: async () => {
        asked += 1;
        return token(claims);
      },
    });
    assert.equal((await told(sub, 'error')).error.code, 109);
    assert.equal(asked, 1);
    cable.moveTo(two);
    await told(sub, 'subscribing', ({ code }) => code === 1);
    await eventually(() => sub.state === 'subscribed', 'back again');
    await one.publish('$kept:late', '1');
    assert.deepEqual(await dataOf(sub, 1), [1]);
    ann.hangUp();
  });
});
