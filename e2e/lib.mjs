// What every browser test needs: the real program on a free port with a fresh
// data folder, the machine's own Chromium, and the accessibility check.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { AxeBuilder } from '@axe-core/playwright';

const here = import.meta.dirname;
export const binary = resolve(process.env.ATLAS_BINARY ?? join(here, '..', 'atlas'));

/** Starts `atlas <command>` and resolves when it says its address and is ready. */
export async function start(command = 'demo', extra = []) {
  const data = mkdtempSync(join(tmpdir(), 'atlas-e2e-'));
  const child = spawn(binary, [command, '--listen', '127.0.0.1:0', '--data', data, ...extra], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const address = await new Promise((ok, fail) => {
    const timer = setTimeout(() => fail(new Error(`no address within 60 s:\n${output}`)), 60_000);
    const look = (chunk) => {
      output += chunk;
      const m = output.match(/http:\/\/(?:127\.0\.0\.1|localhost):\d+/);
      if (m) {
        clearTimeout(timer);
        ok(m[0].replace('localhost', '127.0.0.1'));
      }
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.on('exit', (code) => fail(new Error(`atlas ended with ${code}:\n${output}`)));
  });
  await ready(address);
  return {
    address,
    data,
    child,
    output: () => output,
    async stop() {
      child.removeAllListeners('exit');
      const gone = new Promise((ok) => child.once('exit', ok));
      child.kill('SIGINT');
      await gone;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function ready(address) {
  for (let i = 0; i < 600; i++) {
    const ok = await fetch(`${address}/readyz`).then((r) => r.ok, () => false);
    if (ok) return;
    await new Promise((r) => setTimeout(r, 100));
  }
  throw new Error('not ready within 60 s');
}

/** The machine's Chromium, with every request outside the instance refused. */
export async function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--disable-quic'],
  });
}

/** A page that records what must never happen: requests elsewhere, script errors, CSP refusals. */
export async function open(browser, address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const faults = [];
  await context.route('**/*', (route) => {
    const url = route.request().url();
    if (url.startsWith(address) || url.startsWith('data:') || url.startsWith('blob:')) return route.continue();
    faults.push(`request outside the instance: ${url}`);
    return route.abort();
  });
  page.on('pageerror', (e) => faults.push(`script error: ${e.message}`));
  page.on('console', (m) => {
    if (m.type() === 'error' && !/status of 4\d\d/.test(m.text())) faults.push(`console: ${m.text()}`);
  });
  return { context, page, faults };
}

/** Runs a command over the data of an instance and gives what it says. */
export function run(atlas, ...args) {
  return execFileSync(binary, [...args, '--data', atlas.data], { encoding: 'utf8', env: { ...process.env, ATLAS_LANG: 'en' } });
}

/** Founds an account by the command, with a role or without; gives its link as the browser opens it. */
export function addUser(atlas, email, role, name = 'Jana Nová') {
  const said = run(atlas, 'user', 'add', email, '--name', name, ...(role ? ['--role', role] : []));
  return atlas.address + said.match(/\/(?:en\/)?prihlaseni\/odkaz\/[\w-]+/)[0].replace(/^\/en\//, '/');
}

/** Signs in at a page by the link of a new account. */
export async function signIn(page, atlas, email, role) {
  await page.goto(addUser(atlas, email, role));
  await page.locator('#formular button[type=submit]').click();
  await page.waitForURL(/\/prihlaseni$/);
}

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Violations of WCAG 2.2 A and AA on the page as it stands, one line each. */
export async function violations(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(wcag).analyze();
  return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')} – ${n.failureSummary?.split('\n')[1]?.trim() ?? v.help}`));
}

/** How many pixels the page is wider than its window. */
export async function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
