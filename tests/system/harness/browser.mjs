// Debian's Chromium, driven by playwright-core, with its own traffic off.
import { accessSync, constants } from 'node:fs';
import { chromium } from 'playwright-core';
import { register } from './cleanup.mjs';

function executable() {
  for (const folder of (process.env.PATH ?? '').split(':')) {
    try {
      const path = `${folder}/chromium`;
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      continue;
    }
  }
  throw new Error('chromium is not installed: run scripts/install --tests');
}

/** A browser that is closed when the file ends. */
export async function startBrowser() {
  const browser = await chromium.launch({
    executablePath: executable(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--no-first-run'],
  });
  register({ hangUp: () => browser.close() });
  return browser;
}
