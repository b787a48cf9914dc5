// The demo page in a real browser, on two nodes.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startBrowser } from './harness/browser.mjs';
import { leaveNothing, register, startCluster } from './harness/index.mjs';

describe('the demo page', () => {
  let redis;
  let here;
  let there;
  let browser;
  let shots;

  before(async () => {
    ({ redis, nodes: [here, there] } = await startCluster(
      { settings: { 'plain.demo': true } }));
    browser = await startBrowser();
    shots = mkdtempSync(join(tmpdir(), 'rookery-demo-'));
    register({ stop: () => rmSync(shots, { recursive: true, force: true }) });
  });
  after(leaveNothing);

  async function open(node, { hash = '', ...options } = {}) {
    const page = await browser.newPage(options);
    page.problems = [];
    page.on('console', (message) => {
      if (message.type() === 'error') page.problems.push(message.text());
    });
    page.on('pageerror', (error) => page.problems.push(error.message));
    await page.goto(`http://127.0.0.1:${node.port}/${hash}`);
    await connected(page);
    return page;
  }

  const connected = (page) =>
    page.locator('.state[data-state=open]').first().waitFor();

  const rows = (page, text) => page.getByRole('log').getByText(text);

  async function say(page, text) {
    await page.getByLabel('Message', { exact: true }).first().fill(text);
    await page.keyboard.press('Enter');
  }

  async function leave(page) {
    await page.screenshot({ path: join(shots, 'page.png') });
    assert.deepEqual(page.problems, []);
    await page.close();
  }

  it('shows on both nodes what one of them was told', async () => {
    const ann = await open(here);
    const bob = await open(there);
    await say(ann, 'hello from Ann');
    await rows(ann, 'hello from Ann').waitFor();
    await rows(bob, 'hello from Ann').waitFor();
    await bob.getByLabel('Binary').check();
    await say(bob, 'bytes');
    await rows(ann, 'binary, 5 B').waitFor();
    await rows(ann, '62 79 74 65 73').waitFor();
    await leave(ann);
    await leave(bob);
  });

  it('shows two nodes side by side', async () => {
    const page = await open(here,
      { hash: `#channel=room:42&second=127.0.0.1:${there.port}` });
    await page.locator('.state[data-state=open]').nth(1).waitFor();
    await say(page, 'to both');
    await rows(page, 'to both').nth(1).waitFor();
    await leave(page);
  });

  it('receives by server-sent events and sends by HTTP', async () => {
    const page = await open(here);
    await page.getByLabel('SSE').check();
    await page.locator('.state[data-state=open]').waitFor();
    await say(page, 'two\nways'.replace('\n', ' '));
    await rows(page, 'two ways').waitFor();
    await redis.command('PUBLISH', 'chat', 'line one\nline two');
    await rows(page, 'line two').waitFor();
    await leave(page);
  });

  it('shows a gap notice apart from messages', async () => {
    const page = await open(here);
    await redis.command('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await page.locator('.notice').getByText('missed').waitFor();
    await redis.command('PUBLISH', 'chat', '{"rookery":"gap","tag":"forged"}');
    await page.locator('.text').getByText('forged').waitFor();
    await leave(page);
  });

  it('comes back by itself and works on a phone', async () => {
    const page = await open(here,
      { viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth);
    assert.ok(wide <= 360, `${wide} pixels wide`);
    await page.evaluate(() => panes[0].source.close());
    await page.locator('.state[data-state=waiting]').waitFor();
    await connected(page);
    await say(page, 'back again');
    await rows(page, 'back again').waitFor();
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await page.getByRole('button', { name: 'Connect', exact: true }).waitFor();
    await leave(page);
  });
});
