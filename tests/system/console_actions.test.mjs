// Actions of the web console on clients, channels and nodes, each confirmed.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { startBrowser } from './harness/browser.mjs';
import { token, told } from './harness/centrifuge.mjs';
import { adminToken, closePages, openConsole, settings, user }
  from './harness/console_page.mjs';
import { connect, eventually, leaveNothing, startCluster }
  from './harness/index.mjs';

const exact = { exact: true };

describe('the web console', () => {
  let one;
  let two;
  let browser;
  let bob;

  before(async () => {
    ({ nodes: [one, two] } = await startCluster({ settings }));
    browser = await startBrowser();
    bob = await user(two, 'bob');
  });
  afterEach(closePages);
  after(leaveNothing);

  const visit = (path, options) =>
    openConsole(browser, one, { token: adminToken, path, ...options });

  it('kicks a connection, but only when that is confirmed', async () => {
    const carl = await user(two, 'carl');
    const page = await visit('connections?user=carl');
    const button = page.rows('Connections', 'carl')
      .getByRole('button', { name: 'Kick' });
    await button.click();
    await page.page.getByRole('dialog').getByText(/node-1 of user carl/)
      .waitFor();
    await page.page.keyboard.press('Escape');
    await page.page.getByRole('dialog').waitFor({ state: 'hidden' });
    assert.deepEqual(carl.events.map(({ event }) => event),
      ['connecting', 'connected']);
    await button.click();
    await page.confirm(/Connection \d+ on node-1 of user carl is closed/,
      'Kick', /was closed/);
    await eventually(() => carl.events.length > 2, 'carl was told');
    await page.leave();
  });

  it('disconnects a user and ends a subscription', async () => {
    const dora = await user(two, 'dora');
    const sub = await dora.subscribe('open:talk');
    const page = await visit('channels/open%3Atalk');
    await page.rows('Members', 'dora')
      .getByRole('button', { name: 'Unsubscribe' }).click();
    await page.confirm(/user dora are unsubscribed from channel open:talk/,
      'Unsubscribe', '1 client of dora unsubscribed from open:talk.');
    await told(sub, 'unsubscribed');
    await page.open('users/dora', 'User dora');
    await page.page.getByRole('button', { name: 'Disconnect user' }).click();
    await page.confirm(/All connections of user dora on all nodes/,
      'Disconnect', '1 client of dora disconnected.');
    await dora.disconnected();
    await page.leave();
  });

  it('publishes text and JSON, and refuses the rest', async () => {
    const sub = await bob.subscribe('open:talk');
    const heard = await bob.subscribe('kept:chat');
    const page = await visit('actions');
    const form = page.card('Publish');
    await form.getByLabel('Channel', exact).fill('open:talk');
    await form.getByLabel('Content', exact).fill('hello <b>all</b>');
    await form.getByRole('button', { name: 'Publish' }).click();
    await page.confirm(/All members of channel open:talk .* hello <b>all<\/b>/,
      'Publish', 'Published to open:talk.');
    await eventually(() => sub.seen.length === 1, 'the text');
    assert.equal(sub.seen[0].data, 'hello <b>all</b>');
    await page.open('channels/kept%3Achat', 'Channel kept:chat');
    await form.getByLabel('As', exact).selectOption('json');
    await form.getByLabel('Content', exact).fill('{"from":');
    await form.getByRole('button', { name: 'Publish' }).click();
    await form.getByText('This is not JSON').waitFor();
    await form.getByLabel('Content', exact).fill('{"from":"console"}');
    await form.getByRole('button', { name: 'Publish' }).click();
    await page.confirm(/receive the JSON: {"from":"console"}/, 'Publish',
      /Published to kept:chat at offset [\d,]+\./);
    await eventually(() => heard.seen.some(({ data }) =>
      data.from === 'console'), 'the JSON');
    await page.leave();
  });

  it('changes the log level of one node', async () => {
    const page = await visit('actions');
    const form = page.card('Log level');
    const drain = page.page.getByRole('form', { name: 'Drain of node-1' });
    for (const level of ['debug', 'info']) {
      await form.getByLabel('Level', exact).selectOption(level);
      await form.getByLabel('Node', exact).selectOption({ label: 'node-1' });
      await form.getByRole('button', { name: 'Change' }).click();
      await page.confirm(`Node node-1 logs from level ${level} on.`, 'Change',
        `The log level is ${level}.`);
      await drain.getByText(`log level ${level}`).waitFor();
    }
    await page.leave();
  });

  it('shows what went wrong', async () => {
    const page = await visit('actions');
    const form = page.card('Kick a connection');
    await form.getByLabel('Connection', exact).fill('999999999');
    await form.getByRole('button', { name: 'Kick' }).click();
    await page.confirm(/Connection 999999999 on node-0/, 'Kick',
      /^Kick failed: /);
    await page.open('connections/node-0/999999999', 'Connection 999999999');
    await page.page.getByText('This connection is closed').waitFor();
    await page.open('nowhere', 'No such page');
    page.problems = page.problems.filter((each) => !each.includes('404'));
    await page.leave();
  });

  it('reconciles what Redis knows with what the nodes want', async () => {
    const page = await visit('bridge');
    await page.page.getByRole('button', { name: 'Reconcile all' }).click();
    await page.confirm(/All nodes subscribe again/, 'Reconcile',
      /subscriptions? (was|were) renewed/);
    await page.card(/^node-1/).getByRole('button', { name: 'Reconcile' })
      .click();
    await page.confirm(/Node node-1 subscribes again/, 'Reconcile',
      /subscriptions? (was|were) renewed/);
    await page.leave();
  });

  it('drains a node at the pace it is told', async () => {
    for (let i = 0; i < 40; ++i) await connect(two,
      `/ws/open:crowd?token=${token({ sub: 'crowd' })}`);
    const page = await visit('actions');
    const form = page.page.getByRole('form', { name: 'Drain of node-1' });
    const press = (name) => form.getByRole('button', { name }).click();
    await form.getByLabel('Clients per second', exact).fill('1');
    await press('Start drain');
    await page.confirm(/node-1 is not ready any more.* 1 clients? per second/,
      'Drain', /drain of node-1 is running/);
    await form.getByRole('progressbar').waitFor();
    await eventually(async () => (await two.get('/ready')).status === 503,
      'the node is not ready');
    await press('Pause');
    await page.confirm(/keeps its remaining clients/, 'Pause', /is paused/);
    await form.getByText(/^Drain paused: /).waitFor();
    await press('Resume');
    await page.confirm(/continues/, 'Resume', /is running/);
    await form.getByLabel('Clients per second', exact).fill('2');
    await press('Set rate');
    await page.confirm(/ 2 clients per second/, 'Drain', /is running/);
    await form.getByText(/, 2 a second/).waitFor();
    await press('Cancel drain');
    await page.confirm(/accepts clients again/, 'Cancel drain', /is cancelled/);
    await form.getByText('not draining').waitFor();
    await two.ready();
    await page.leave();
  });
});
