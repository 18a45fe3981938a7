// Coverage on paper: A4 on its side where the table is wide, nothing cut off, heads on
// each page, no navigation, the question and the source in words.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch, open, overflow, start } from './lib.mjs';

let atlas, browser;
before(async () => {
  atlas = await start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await atlas?.stop();
});

const mm = (n) => Math.floor(n / 25.4 * 96);
const lying = { width: mm(297 - 2 * 12), height: mm(210 - 2 * 12) };
const standing = { width: mm(210 - 2 * 14), height: mm(297 - 2 * 16) };

const pages = [
  ['the matrix', '/pokryti?od=2010', lying],
  ['the matrix of money in districts', '/en/pokryti?clenit=okres&ukazat=penize&od=2010', lying],
  ['the map', '/pokryti?zobrazeni=mapa&od=2010', standing],
  ['themes', '/pokryti?zobrazeni=temata', lying],
];

describe('on paper', () => {
  for (const [name, path, paper] of pages) {
    test(name, async () => {
      const { context, page, faults } = await open(browser, atlas.address, { viewport: paper });
      try {
        await page.goto(atlas.address + path);
        await page.emulateMedia({ media: 'print' });
        assert.ok((await overflow(page)) <= 0, `wider than the paper by ${await overflow(page)} px`);
        for (const gone of ['.site-head', '.views', '.matrix-form', '.site-foot ul', '.takeaway']) {
          for (const e of await page.locator(gone).all()) assert.equal(await e.isVisible(), false, gone);
        }
        const words = await page.locator('.print-only:visible').allInnerTexts();
        assert.match(words.join(' '), /20\d\d–20\d\d.*(Zdroj|Source).*http:\/\/127/s);
        assert.equal(await page.locator('thead').first().evaluate((e) => getComputedStyle(e).display), 'table-header-group');
        const sheet = await page.evaluate(() => getComputedStyle(document.body).page);
        assert.equal(sheet, paper === lying ? 'wide' : 'auto');
        assert.deepEqual(faults, []);
      } finally {
        await context.close();
      }
    });
  }
});
