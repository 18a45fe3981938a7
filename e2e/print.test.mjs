// Pages on paper. Coverage: A4 on its side where the table is wide, nothing cut off,
// heads on each page, no navigation, the question and the source in words. A card of
// good practice: two sheets of A4 at most, from its title to its last source.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

// Plzeň has the most to say of all cards; the sample with a mark has every part that a
// card can have, the one from abroad what would be needed here.
const cards = ['/dobra-praxe/K-00001', '/en/dobra-praxe/K-00001', '/dobra-praxe/K-00002', '/dobra-praxe/K-00006', '/dobra-praxe/K-00007', '/en/dobra-praxe/K-00007'];

describe('a card of good practice is two sheets of A4', () => {
  let folder;
  before(() => { folder = mkdtempSync(join(tmpdir(), 'atlas-e2e-')); });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const path of cards) {
    test(path, async () => {
      const { context, page, faults } = await open(browser, atlas.address, { viewport: standing });
      try {
        await page.goto(atlas.address + path);
        const title = await page.locator('h1').innerText();
        await page.emulateMedia({ media: 'print' });
        assert.ok((await overflow(page)) <= 0, `wider than the paper by ${await overflow(page)} px`);
        const cut = await page.evaluate(() => [...document.querySelectorAll('main *')].filter((e) => e.getClientRects().length && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible' && e.clientWidth > 1).map((e) => e.outerHTML.slice(0, 80)));
        assert.deepEqual(cut, [], 'something is wider than its place');
        const said = await page.locator('main h2:visible, main h3:visible, main dt:visible, main .sources li:visible').allInnerTexts();
        const file = join(folder, 'card.pdf');
        writeFileSync(file, await page.pdf({ preferCSSPageSize: true, format: 'A4' }));
        const info = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
        assert.match(info, /A4/);
        const sheets = Number(info.match(/^Pages:\s+(\d+)/m)[1]);
        assert.ok(sheets <= 2, `${sheets} sheets`);
        const printed = bare(execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }));
        for (const text of [title, ...said]) {
          for (const word of text.split(/\s+/)) assert.ok(printed.includes(bare(word)), `${word} of “${text}” is not printed`);
        }
        assert.deepEqual(faults, []);
      } finally {
        await context.close();
      }
    });
  }
});

/** A text without blanks and ends of lines, as what is printed breaks them elsewhere. */
function bare(text) {
  return text.replace(/[\s\u00ad]/g, '').replace(/[-‐‑]/g, '');
}
