// The way of a person through the database: with the keyboard alone, without
// JavaScript, in English, and with wrong input.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, start, violations } from './lib.mjs';

let atlas, browser;
before(async () => {
  atlas = await start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await atlas?.stop();
});

/** Presses Tab until the focused element matches, as a person without a mouse does. */
async function tabTo(page, selector, limit = 200) {
  for (let i = 0; i < limit; i++) {
    await page.keyboard.press('Tab');
    const there = await page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector);
    if (there) {
      const outline = await page.evaluate(() => {
        const s = getComputedStyle(document.activeElement);
        return s.outlineStyle !== 'none' || s.boxShadow !== 'none';
      });
      assert.ok(outline, `focus on ${selector} cannot be seen`);
      return;
    }
  }
  assert.fail(`Tab never reached ${selector}`);
}

const total = async (page) => Number((await page.locator('[data-total]').first().getAttribute('data-total')));

test('with the keyboard only: search, filter, detail, export', async () => {
  const { context, page, faults } = await open(browser, atlas.address, { acceptDownloads: true });
  await page.goto(atlas.address);
  await tabTo(page, 'main input[name=q]');
  await page.keyboard.type('cizinci');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/projekty\?.*q=cizinci/);
  const before = await total(page);
  assert.ok(before > 0);

  await tabTo(page, 'input[type=checkbox][name=oblast]');
  const code = await page.evaluate(() => document.activeElement.value);
  await page.keyboard.press('Space'); // the script filters at once and keeps the focus
  await page.waitForURL(new RegExp(`oblast=${code}`));
  await page.waitForLoadState('networkidle');
  assert.equal(await page.evaluate(() => document.activeElement.value), code, 'the focus stays on the box');
  const after = await total(page);
  assert.ok(after > 0 && after <= before, `${before} → ${after}`);

  await tabTo(page, 'main a[href*="/projekty/P-"]');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/projekty\/P-\d+/);
  assert.ok((await page.locator('h1').innerText()).length > 3);
  assert.deepEqual(await violations(page), []);
  await page.goBack();

  await tabTo(page, 'a[href*=".csv"]', 400);
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  const text = await streamText(await download.createReadStream());
  assert.equal(countRecords(text), after, 'the file has as many rows as the page says');
  assert.deepEqual(faults, []);
  await context.close();
});

async function streamText(stream) {
  const chunks = [];
  for await (const c of stream) chunks.push(c);
  return Buffer.concat(chunks).toString('utf8');
}

/** Counts records of a CSV with quoted line breaks, without its head. */
function countRecords(text) {
  let quoted = false;
  let n = 0;
  for (const c of text) {
    if (c === '"') quoted = !quoted;
    else if (c === '\n' && !quoted) n++;
  }
  return n - 1;
}

test('without JavaScript: search, a facet, pages, a detail, another view', async () => {
  const { context, page } = await open(browser, atlas.address, { javaScriptEnabled: false });
  await page.goto(atlas.address);
  await page.fill('main input[name=q]', 'integrace');
  await page.press('main input[name=q]', 'Enter');
  assert.match(page.url(), /q=integrace/);
  const all = await total(page);
  const box = page.locator('input[type=checkbox][name=oblast]').first();
  await box.check();
  await box.evaluate((b) => b.form).catch(() => {});
  await page.locator('form:has(input[name=oblast]) button[type=submit]').first().click();
  assert.match(page.url(), /oblast=/);
  assert.ok((await total(page)) <= all);
  await page.locator('a[href*="zobrazeni=mapa"]').first().click();
  assert.ok(await page.locator('main svg').count());
  assert.ok(await page.locator('main table').count(), 'the map has an equal table');
  await page.goto(`${atlas.address}/projekty`);
  await page.locator('.results a[href*="/projekty/P-"]').first().click();
  assert.ok((await page.locator('h1').innerText()).length > 3);
  await context.close();
});

test('Žďár, zdar and ŽĎÁR find the same (acceptance example 16)', async () => {
  const { context, page } = await open(browser, atlas.address);
  const found = [];
  for (const q of ['Plzeň', 'plzen', 'PLZEŇ', 'Plzni']) {
    await page.goto(`${atlas.address}/projekty?q=${encodeURIComponent(q)}`);
    found.push(await total(page));
  }
  assert.ok(found[0] > 0);
  assert.deepEqual(found, found.map(() => found[0]));
  await context.close();
});

test('each facet count is what the choice then gives', async () => {
  const { context, page } = await open(browser, atlas.address, { javaScriptEnabled: false });
  for (const name of ['oblast', 'stav', 'zeme', 'skupina']) {
    await page.goto(`${atlas.address}/projekty`);
    const box = page.locator(`input[type=checkbox][name=${name}]`).first();
    const value = await box.getAttribute('value');
    const said = Number(await box.getAttribute('data-count'));
    await page.goto(`${atlas.address}/projekty?${name}=${encodeURIComponent(value)}`);
    assert.equal(await total(page), said, `${name}=${value}`);
  }
  await context.close();
});

test('wrong addresses get a page a person understands, in their language', async () => {
  const { context, page } = await open(browser, atlas.address);
  const cases = [
    ['/projekty?oblast=NENI', 200], ['/projekty?strana=-5', 200], ['/projekty?strana=999999999', 200],
    ['/projekty?q=%ff%fe', 200], ['/projekty/P-99999', 404], ['/projekty/..%2f..%2fetc', 404], ['/neni', 404],
    [`/projekty?q=${'a+'.repeat(3000)}`, 200], ['/ciselniky/neni', 404], ['/uzemi/XX', 404], ['/akteri/A-99999', 404],
  ];
  for (const [path, status] of cases) {
    for (const prefix of ['', '/en']) {
      const r = await page.goto(atlas.address + prefix + path);
      assert.equal(r.status(), status, prefix + path);
      assert.ok((await page.locator('main').innerText()).length > 20, `${path} says something`);
      assert.equal(await page.getAttribute('html', 'lang'), prefix ? 'en' : 'cs');
    }
  }
  await context.close();
});
