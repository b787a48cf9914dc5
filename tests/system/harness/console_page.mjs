// The web console in a browser, as an operator uses it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { centrifuge, open, secret, token } from './centrifuge.mjs';

const axe = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const adminToken = 'the-token-of-the-operators';

/** The nodes whose console is tested. */
export const settings = {
  'admin.token': adminToken,
  'listen.ping-interval': '2s',
  'cluster.secret': 'what the nodes of this cluster share',
  'token.hmac-secrets': secret,
  ...open('open'),
  ...open('kept', { 'history-size': 100, 'history-ttl': '1min' }),
  ...open('vip', { 'allow-subscribe': false }),
};

export const user = (node, name) => centrifuge(node,
  { token: token({ sub: name }) }).connected();

export const phone = { width: 375, height: 812 };

const opened = new Set();

/** Pages that a failed test left open would disturb the next ones. */
export async function closePages() {
  const left = [...opened];
  opened.clear();
  for (const page of left) await page.close();
}

class ConsolePage {
  constructor(page, node) {
    this.page = page;
    opened.add(page);
    this.origin = `http://127.0.0.1:${node.adminPort}`;
    this.problems = [];
    this.asked = [];
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(message.text());
    });
    page.on('pageerror', (error) => this.problems.push(error.message));
    page.on('request', (request) => this.asked.push(request.url()));
  }

  async load(path = '') {
    const answer = await this.page.goto(`${this.origin}/#/${path}`);
    assert.equal(answer.status(), 200);
    return answer;
  }

  /** Follows a link: the page is not reloaded. */
  async open(path, heading) {
    await this.page.evaluate((to) => { location.hash = `/${to}`; }, path);
    await this.heading(heading);
  }

  heading(name) {
    return this.page.getByRole('heading', { level: 1, name, exact: true })
      .waitFor();
  }

  async signIn(token) {
    await this.page.getByLabel('Token').fill(token);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  field(label) {
    return this.page.getByLabel(label, { exact: true });
  }

  /** The rows of the table of that caption that hold `text`. */
  rows(caption, text) {
    return this.page.getByRole('table', { name: caption }).locator('tbody')
      .getByRole('row').filter({ hasText: text });
  }

  /** Clicks inside a node's card or a form. */
  card(name) {
    return this.page.locator('.card').filter({ has: this.page.getByRole(
      'heading', { name, exact: typeof name === 'string' }) });
  }

  /** The dialog shows `sentence`; after consent the status shows `result`. */
  async confirm(sentence, verb, result) {
    const dialog = this.page.getByRole('dialog');
    await dialog.getByText(sentence).waitFor();
    await dialog.getByRole('button', { name: verb, exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await this.page.locator('.outcome[role=status]').getByText(result)
      .waitFor();
    await this.page.getByRole('button', { name: 'Dismiss' }).click();
  }

  /** The complaints of axe, as sentences. */
  async violations() {
    await this.page.evaluate(axe);
    const { violations } = await this.page.evaluate(
      () => globalThis.axe.run({ resultTypes: ['violations'] }));
    return violations.map(({ id, help, nodes }) =>
      `${id}: ${help}: ${nodes.map(({ html }) => html).slice(0, 3)}`);
  }

  width() {
    return this.page.evaluate(() => document.documentElement.scrollWidth);
  }

  /** No error was logged, and no other host was asked. */
  async leave() {
    assert.deepEqual(this.problems, []);
    assert.deepEqual(this.asked.filter(
      (url) => !url.startsWith('data:') && new URL(url).host
        !== new URL(this.origin).host), []);
    opened.delete(this.page);
    await this.page.close();
  }
}

/** Opens the console of `node`, signed in if there is a token. */
export async function openConsole(browser, node,
  { path = '', token, ...options } = {}) {
  const page = new ConsolePage(await browser.newPage(options), node);
  await page.load(path);
  if (token !== undefined) {
    await page.signIn(token);
    await page.page.getByRole('heading', { name: 'Sign in' })
      .waitFor({ state: 'detached' });
    // The browser logs refused requests itself.
    page.problems = page.problems.filter((each) => !each.includes('401'));
  }
  return page;
}
