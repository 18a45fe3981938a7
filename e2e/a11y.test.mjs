// Every page in both languages and themes in a real browser: no violation of WCAG 2.2 A
// and AA, no request outside the instance, no script error, nothing wider than
// a phone of 360 px.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch, open, overflow, start, violations } from './lib.mjs';

const routes = JSON.parse(readFileSync(join(import.meta.dirname, 'routes.json'), 'utf8'));

let atlas, browser;
before(async () => {
  atlas = await start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await atlas?.stop();
});

// Every page is seen in two faces that differ in language, theme and width; pages
// take turns in which two of the four. ATLAS_ALL_FACES=1 shows every page in all.
const wide = { width: 1280, height: 900 };
const phone = { width: 360, height: 740 };
const faces = [['cs', 'light', wide], ['cs', 'dark', phone], ['en', 'dark', phone], ['en', 'light', wide]];
const turns = (face, route) => process.env.ATLAS_ALL_FACES === '1' || face % 2 === route % 2;

for (const [face, [lang, theme, viewport]] of faces.entries()) {
  describe(`${lang}, ${theme}, ${viewport.width} px`, () => {
    for (const [at, { name, path, status = 200 }] of routes.entries()) {
      if (!turns(face, at)) continue;
      test(name, async () => {
        const { context, page, faults } = await open(browser, atlas.address, { colorScheme: theme, viewport });
        try {
          const url = atlas.address + (lang === 'en' ? `/en${path === '/' ? '' : path}` : path);
          const response = await page.goto(url);
          assert.equal(response.status(), status, url);
          assert.equal(await page.getAttribute('html', 'lang'), lang);
          assert.deepEqual(await violations(page), []);
          await page.setViewportSize(phone);
          assert.ok((await overflow(page)) <= 0, `wider than 360 px by ${await overflow(page)} px`);
          assert.deepEqual(faults, []);
        } finally {
          await context.close();
        }
      });
    }
  });
}
