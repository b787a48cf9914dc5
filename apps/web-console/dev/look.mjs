// Opens every page in both themes, on a desk and on a phone. Takes pictures
// into the folder given. Fails for complaints of axe, for errors in the
// browser's console and for pages wider than the phone.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { startMock } from './mock.mjs';

const axe = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = process.argv[2] ?? 'pictures';
mkdirSync(folder, { recursive: true });

const mock = await startMock();
const base = `http://127.0.0.1:${mock.port}/`;
const [a] = mock.world.nodes;
const pages = { overview: '', top: 'top', channels: 'channels',
  channel: 'channels/chat', connections: 'connections',
  connection: `connections/${a.id}/400`, user: 'users/user-400',
  why: 'why?channel=chat&offset=12000', events: 'events', actors: 'actors',
  actor: `actors/${a.id}/3`, bridge: 'bridge', gaps: 'gaps',
  watch: 'watch?channel=chat', actions: 'actions', nothing: 'nothing' };
const only = process.argv.slice(3);

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update',
    '--disable-sync'] });
let problems = 0;
const complain = (text) => {
  problems += 1;
  console.error(text);
};

for (const colorScheme of ['light', 'dark']) {
  for (const [size, viewport] of Object.entries({
    desk: { width: 1280, height: 800 }, phone: { width: 375, height: 812 } })) {
    const context = await browser.newContext({ viewport, colorScheme });
    const page = await context.newPage();
    page.on('pageerror', (error) => complain(`${page.url()}: ${error}`));
    page.on('console', (message) => {
      if (message.type() === 'error') complain(`${page.url()}: ${message.text()}`);
    });
    await page.goto(base);
    await page.locator('.legend strong').first().waitFor();
    await page.waitForTimeout(2500);
    for (const [name, path] of Object.entries(pages)) {
      if (only.length && !only.includes(name)) continue;
      await page.goto(`${base}#/${path}`);
      await page.locator('main h1').waitFor();
      await page.waitForTimeout(700);
      const label = `${name}-${size}-${colorScheme}`;
      await page.screenshot({ path: `${folder}/${label}.png`,
        fullPage: name !== 'channels' && name !== 'connections'
          && name !== 'actors' });
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth);
      if (wide > viewport.width) complain(`${label}: ${wide} pixels wide`);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      for (const { id, help, nodes } of violations) {
        complain(`${label}: ${id}: ${help}\n  ${
          nodes.slice(0, 3).map(({ html }) => html.slice(0, 150)).join('\n  ')}`);
      }
    }
    await context.close();
  }
}
await browser.close();
mock.close();
process.exit(problems ? 1 : 0);
