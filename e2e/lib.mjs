// What every browser test needs: the real program on a free port with a fresh
// data folder, the machine's own Chromium, and the accessibility check.
import { execFileSync, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { AxeBuilder } from '@axe-core/playwright';

const here = import.meta.dirname;
export const binary = resolve(process.env.ATLAS_BINARY ?? join(here, '..', 'atlas'));

/**
 * Starts `atlas <command>` and resolves when it says its address and is ready.
 * Its folder of data is a new one that goes with it, or the one given; settings
 * are those of the environment ({ ATLAS_DATABASE: … }), for commands over it too.
 */
export async function start(command = 'demo', { data, listen = '127.0.0.1:0', settings = {} } = {}) {
  const folder = data ?? mkdtempSync(join(tmpdir(), 'atlas-e2e-'));
  const child = spawn(binary, [command, '--listen', listen, '--data', folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...settings },
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
    data: folder,
    settings,
    child,
    output: () => output,
    async stop() {
      child.removeAllListeners('exit');
      const gone = new Promise((ok) => child.once('exit', ok));
      child.kill('SIGINT');
      await gone;
      if (!data) rmSync(folder, { recursive: true, force: true });
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
  context.setDefaultTimeout(15_000);
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
  return execFileSync(binary, [...args, '--data', atlas.data], { encoding: 'utf8', env: { ...process.env, ...atlas.settings, ATLAS_LANG: 'en' } });
}

/** Founds an account by the command, with a role or without; gives its link as the browser opens it. */
export function addUser(atlas, email, role, name = 'Jana Nová') {
  const said = run(atlas, 'user', 'add', email, '--name', name, ...(role ? ['--role', role] : []));
  return atlas.address + said.match(/\/(?:en\/)?prihlaseni\/odkaz\/[\w-]+/)[0].replace(/^\/en\//, '/');
}

/** The link by which somebody signs in who has an account already. */
export function linkOf(atlas, email) {
  return atlas.address + run(atlas, 'user', 'link', email).match(/\/(?:en\/)?prihlaseni\/odkaz\/[\w-]+/)[0].replace(/^\/en\//, '/');
}

/** Signs in at a page by the link of a new account. */
export async function signIn(page, atlas, email, role, name) {
  await page.goto(addUser(atlas, email, role, name));
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

/** The one-time code of an application at a time (RFC 6238), from the secret as it is shown. */
export function oneTimeCode(secret, at = Date.now()) {
  const bits = [...secret.replace(/\s/g, '').toUpperCase()].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac('sha1', key).update(step).digest();
  const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(number % 1e6).padStart(6, '0');
}

/**
 * Sets up one-time codes of whoever is signed in; gives the secret and the codes
 * for a lost phone. It is confirmed by the code before the present one, so that
 * the present one is still good; that code dies with the present half minute, so
 * it is not begun in the last seconds of one.
 */
export async function setUpCodes(page, address) {
  await page.goto(`${address}/ucet/druhy-faktor?nastavit=1`);
  const secret = await page.locator('ol code').innerText();
  const left = 30_000 - Date.now() % 30_000;
  if (left < 10_000) await new Promise((ok) => setTimeout(ok, left));
  await page.locator('#f-code').fill(oneTimeCode(secret, Date.now() - 30_000));
  await page.locator('form:has(#f-code) button[type=submit]').click();
  await page.locator('main ul code').first().waitFor();
  const recovery = await page.locator('main ul code').allInnerTexts();
  return { secret, recovery };
}
