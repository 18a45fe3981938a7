// A list of projects goes in through the browser and is taken back: upload,
// preview, apply, the batch, its undoing; each step without a violation of WCAG
// 2.2 A and AA.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, overflow, start, violations } from './lib.mjs';

const list = `nazev,realizator,partneri,donor,program,od,do,celkem_kc,dotace_kc,vlastni_zdroje_kc,uzemi,cilova_skupina,temata,stav,zdroj_url,poznamka
Sousedské úterky v Jihlavě,Město Jihlava,,Ministerstvo vnitra ČR,,2021,2021,"140 500,50",120 000,,Jihlava,cizinci,výuka češtiny,realizován,https://www.example.cz/a,
Čeština u kávy,Město Jihlava,,Ministerstvo vnitra ČR,,září 2022,2022,kolem milionu,,,Jihlava,cizinci,výuka češtiny,realizován,https://www.example.cz/b,
Projekt bez realizátora,,,Ministerstvo vnitra ČR,,2022,2022,,,,Jihlava,,,,https://www.example.cz/c,
`;

let atlas, browser;
before(async () => {
  atlas = await start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await atlas?.stop();
});

async function sound(page) {
  for (const [width, height] of [[1280, 900], [360, 740]]) {
    await page.setViewportSize({ width, height });
    assert.deepEqual(await violations(page), [], page.url());
    assert.ok((await overflow(page)) <= 0, `${page.url()} is wider than ${width} px`);
  }
}

for (const theme of ['light', 'dark']) {
  for (const lang of ['cs', 'en']) {
    test(`upload, preview, apply, batch, undo: ${lang}, ${theme}`, async () => {
      const { context, page, faults } = await open(browser, atlas.address, { colorScheme: theme });
      await page.goto(`${atlas.address}${lang === 'en' ? '/en' : ''}/import`);
      const own = `${lang}-${theme}`; // another file each time, or it would be known already
      const upload = async (name, text) => {
        await page.setInputFiles('input[type=file]', { name, mimeType: 'text/csv', buffer: Buffer.from(text) });
        await page.click('form[enctype] button[type=submit]');
      };
      await upload('spatne.csv', `a,b\n${own},2\n`);
      await page.waitForSelector('[role=alert]');
      await sound(page);

      await page.check('input[name=zverejnit]');
      await upload('seznam.csv', list.replaceAll('Sousedské', `Sousedské ${own}`).replaceAll('u kávy', `u kávy ${own}`));
      await page.waitForURL(/\/import-nahled\//);
      await page.waitForSelector('.tiles');
      await sound(page);
      await page.click('main form[method=post] button');
      await page.waitForURL(/\/import\/D-\d+/);
      assert.match(await page.locator('main').innerText(), new RegExp(`Sousedské ${own}`));
      await sound(page);
      const batch = page.url();

      await page.goto(`${atlas.address}/projekty?q=${encodeURIComponent(`"Sousedské ${own}"`)}`);
      assert.equal(await page.locator('[data-total]').first().getAttribute('data-total'), '1');

      await page.goto(`${batch}/vratit`);
      await sound(page);
      await page.click('main form[method=post] button');
      await page.waitForURL(batch);
      await sound(page);
      assert.deepEqual(faults, []);
      await context.close();
    });
  }
}
