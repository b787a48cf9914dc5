// The web console in a real browser, on two nodes with real clients.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { startBrowser } from './harness/browser.mjs';
import { token, told } from './harness/centrifuge.mjs';
import { adminToken, closePages, openConsole, phone, settings, user }
  from './harness/console_page.mjs';
import { connect, eventually, leaveNothing, register, startCluster }
  from './harness/index.mjs';

describe('the web console', () => {
  let one;
  let two;
  let browser;
  let ann;
  let bob;
  let heard;

  before(async () => {
    ({ nodes: [one, two] } = await startCluster({ settings }));
    browser = await startBrowser();
    ann = await user(one, 'ann');
    bob = await user(two, 'bob');
    await ann.subscribe('kept:chat');
    heard = await bob.subscribe('kept:chat');
    await connect(two, `/ws/kept:chat?token=${token({ sub: 'pia' })}`);
    const refused = ann.watch('vip:lounge');
    await told(refused, 'unsubscribed');
    // Publish without pause, so that the pages have something to show.
    let count = 0;
    const timer = setInterval(() => ann.centrifuge.publish('kept:chat',
      { number: count += 1 }).catch(() => {}), 100);
    register({ hangUp: () => clearInterval(timer) });
    await eventually(() => heard.seen.length > 0, 'a publication');
  });
  afterEach(closePages);
  after(leaveNothing);

  const visit = (path, options) =>
    openConsole(browser, one, { token: adminToken, path, ...options });

  it('asks for the token', async () => {
    const page = await openConsole(browser, one);
    await page.heading('Sign in');
    await page.page.getByText('This node asks for a token.').waitFor();
    await page.signIn('a wrong token');
    await page.page.getByText('This token is not accepted.').waitFor();
    await page.heading('Sign in');
    await page.signIn(adminToken);
    await page.heading('Overview');
    await page.page.getByRole('heading', { name: 'node-1' }).waitFor();
    assert.deepEqual(await page.page.evaluate(() =>
      [Object.values(sessionStorage), { ...localStorage }]),
    [[adminToken], {}]);
    await page.page.reload();
    await page.page.getByRole('heading', { name: 'node-1' }).waitFor();
    await page.page.getByRole('button', { name: 'Sign out' }).click();
    await page.heading('Sign in');
    page.problems = page.problems.filter((each) => !each.includes('401'));
    await page.leave();
  });

  it('is served so that no foreign script can run in it', async () => {
    for (const path of ['/', '/console.js', '/console.css']) {
      const { status, headers } = await one.admin(path);
      assert.equal(status, 200, path);
      assert.match(headers['content-security-policy'] ?? '',
        /default-src 'none'; script-src 'self'/, path);
    }
  });

  it('shows the nodes and what they do', async () => {
    const page = await visit('');
    for (const name of ['node-0', 'node-1']) {
      const card = page.card(name);
      await card.getByText('✓ ready').waitFor();
      await card.getByText('redis, 2').waitFor();
    }
    const chart = page.page.locator('figure')
      .filter({ hasText: 'Publications per second' });
    for (const name of ['node-0', 'node-1']) {
      // A rate instead of a dash: two answers came and their counters were
      // compared.
      await chart.locator('.legend li').filter({ hasText: name })
        .locator('strong').getByText(/^[\d,.]+$/).waitFor();
    }
    assert.equal(await page.page.getByText('This node only').count(), 0);
    await page.leave();
  });

  it('shows what is busiest', async () => {
    const page = await visit('top');
    await page.rows('Busiest channels', 'kept:chat').first().waitFor();
    for (const name of ['Slowest connections', 'Fullest queues']) {
      await page.page.getByRole('table', { name }).waitFor();
    }
    await page.leave();
  });

  it('leads from a channel to its members and their users', async () => {
    const page = await visit('channels');
    await page.field('Name begins with').fill('kept:');
    await page.page.keyboard.press('Enter');
    await page.rows('Channels', 'kept:chat').getByRole('link').click();
    await page.heading('Channel kept:chat');
    const parts = page.rows(/^Parts/, /node-/);
    await parts.nth(1).waitFor();
    await parts.getByText('up to date').first().waitFor();
    await page.page.getByText('History size').waitFor();
    for (const name of ['bob', 'pia']) {
      await page.rows('Members', name).waitFor();
    }
    await page.rows('Recent events', 'subscribed').first().waitFor();
    await page.rows('Members', 'ann').getByRole('link').first().click();
    await page.page.getByRole('heading', { name: /^Connection \d+$/ })
      .waitFor();
    await page.card('Facts').getByText('Remote address').waitFor();
    await page.rows('Recent events', 'connected').first().waitFor();
    await page.page.getByRole('link', { name: 'User ann' }).click();
    await page.heading('User ann');
    await page.rows('Connections', 'centrifuge').waitFor();
    await page.rows('Recent events', 'vip:lounge').first().waitFor();
    await page.leave();
  });

  it('finds connections and events by what they are', async () => {
    const page = await visit('connections');
    await page.field('Protocol').selectOption('plain');
    await page.rows('Connections', 'pia').waitFor();
    assert.equal(await page.rows('Connections', 'ann').count(), 0);
    await page.open('events', 'Events');
    await page.field('What').selectOption('refused');
    const row = page.rows('Events, newest first', 'vip:lounge').first();
    await row.waitFor();
    assert.match(await row.textContent(), /refused.*ann.*103/);
    await page.open('actors', 'Actors');
    await page.field('Kind').fill('channel');
    await page.page.keyboard.press('Enter');
    await page.rows('Actors', 'kept:chat').first().getByRole('link').click();
    await page.page.getByRole('heading', { name: /^Actor \d+$/ }).waitFor();
    await page.card('Facts').getByText('kept:chat').waitFor();
    await page.leave();
  });

  it('says why a message arrived', async () => {
    const page = await visit('why');
    await page.field('Channel').fill('kept:chat');
    await page.field('Offset').fill(
      String(heard.seen.at(-1).offset));
    await page.page.getByRole('button', { name: 'Find out' }).click();
    await page.card('Findings').getByRole('listitem').first().waitFor();
    for (const stage of ['published', 'received', 'handled']) {
      await page.rows('Published, received, handled', stage).first().waitFor();
    }
    await page.rows('Delivery to each member', 'bob').getByText('sent').waitFor();
    await page.leave();
  });

  it('watches a channel and a user while they live', async () => {
    const page = await visit('watch');
    await page.field('Name or number').fill('kept:chat');
    await page.page.getByRole('button', { name: 'Watch', exact: true })
      .click();
    const lines = page.rows('Events, newest first', '{"number":');
    await lines.nth(2).waitFor();
    await page.page.getByRole('button', { name: 'Pause' }).click();
    await page.page.getByText(/\d+ waiting/).waitFor();
    await page.page.getByRole('button', { name: 'Continue' }).click();
    await page.page.getByRole('button', { name: 'Stop' }).click();
    await page.page.getByText('stopped').waitFor();
    await page.field('Watch a').selectOption('user');
    await page.field('Name or number').fill('zoe');
    await page.page.getByRole('button', { name: 'Watch', exact: true })
      .click();
    await page.page.getByText('watching user zoe').waitFor();
    // The stream may not be open yet: connect clients until one shows up.
    await eventually(async () => {
      const zoe = await user(two, 'zoe');
      zoe.hangUp();
      return await page.rows('Events, newest first', 'zoe').count() > 0;
    }, 'that zoe is seen');
    await page.leave();
  });

  it('shows gaps, and that Redis and the nodes agree', async () => {
    const page = await visit('gaps');
    await page.card('Totals').getByText('Found').waitFor();
    await page.open('bridge', 'Bridge');
    const up = page.page.getByText('subscribe link up');
    await up.nth(1).waitFor();
    await page.page.getByRole('button', { name: 'Check drift' }).click();
    await page.page.getByText('no drift').nth(1).waitFor();
    await page.leave();
  });

  it('renews a list without taking the focus away', async () => {
    const page = await visit('connections');
    const link = page.rows('Connections', 'bob').getByRole('link').first();
    await link.focus();
    const renewed = () => page.page.waitForResponse(
      (answer) => answer.url().includes('/api/connections'));
    for (let i = 0; i < 3; ++i) await renewed();
    assert.ok(await link.evaluate((each) => each === document.activeElement));
    await page.page.getByRole('button', { name: 'Pause' }).click();
    await user(two, 'late');
    await page.page.getByRole('button', { name: 'Refresh once' }).click();
    await page.rows('Connections', 'late').waitFor();
    await page.page.getByRole('button', { name: 'Paused' }).click();
    await page.leave();
  });

  const everywhere = [['', 'Overview'], ['top', 'Top'],
    ['channels', 'Channels'], ['channels/kept%3Achat', 'Channel kept:chat'],
    ['connections?limit=10', 'Connections'], ['users/ann', 'User ann'],
    ['events?limit=10', 'Events'], ['why?channel=kept%3Achat', 'Why'],
    ['watch?channel=kept%3Achat', 'Watch'], ['gaps', 'Gaps'],
    ['bridge', 'Bridge'], ['actors?limit=10', 'Actors'], ['actions', 'Actions']];

  for (const [name, options] of Object.entries({
    'on a desk, in light colours': { colorScheme: 'light' },
    'on a phone, in dark colours': { colorScheme: 'dark', viewport: phone },
  })) {
    it(`is accessible ${name}`, async () => {
      const page = await visit('', options);
      for (const [path, heading] of everywhere) {
        await page.open(path, heading);
        await page.page.getByText('Waiting for an answer')
          .waitFor({ state: 'detached' });
        assert.deepEqual(await page.violations(), [], heading);
        const most = options.viewport?.width ?? 1280;
        assert.ok(await page.width() <= most,
          `${heading}: ${await page.width()} pixels wide`);
      }
      await page.leave();
    });
  }

  it('works from the keyboard and in the colours chosen', async () => {
    const page = await visit('');
    // A fresh page that knows the token.
    await page.page.reload();
    await page.heading('Overview');
    await page.page.keyboard.press('Tab');
    await page.page.keyboard.press('Enter');
    assert.equal(await page.page.evaluate(
      () => document.activeElement.tagName), 'MAIN');
    const ground = () => page.page.evaluate(
      () => getComputedStyle(document.body).backgroundColor);
    await page.field('Theme').selectOption('light');
    const light = await ground();
    await page.field('Theme').selectOption('dark');
    assert.notEqual(await ground(), light);
    await page.page.reload();
    await page.heading('Overview');
    assert.equal(await page.field('Theme').inputValue(), 'dark');
    await page.leave();
  });

  it('tells of a node that fell silent', async () => {
    const page = await visit('');
    const lonely = await openConsole(browser, two, { token: adminToken });
    await lonely.page.getByRole('heading', { name: 'node-1' }).waitFor();
    await page.page.getByRole('heading', { name: 'node-1' }).waitFor();
    await two.kill();
    await page.page.locator('.notice.bad').filter({ hasText: 'node-1' })
      .first().waitFor();
    await lonely.page.getByText('Connection lost.').waitFor();
    await page.leave();
  });
});

describe('the web console of a node without a secret', () => {
  after(leaveNothing);

  it('says that it shows this node only, and asks for no token', async () => {
    const { nodes: [node] } = await startCluster({ count: 1 });
    const page = await openConsole(await startBrowser(), node);
    await page.page.getByText('This node only').waitFor();
    await page.page.getByRole('heading', { name: 'node-0' }).waitFor();
    await page.leave();
  });
});
