// Every page × language × theme in a real browser: no violation of WCAG 2.2 A
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

for (const lang of ['cs', 'en']) {
  for (const theme of ['light', 'dark']) {
    describe(`${lang}, ${theme}`, () => {
      for (const { name, path, status = 200 } of routes) {
        test(name, async () => {
          const { context, page, faults } = await open(browser, atlas.address, { colorScheme: theme });
          try {
            const url = atlas.address + (lang === 'en' ? `/en${path === '/' ? '' : path}` : path);
            const response = await page.goto(url);
            assert.equal(response.status(), status, url);
            assert.equal(await page.getAttribute('html', 'lang'), lang);
            assert.deepEqual(await violations(page), []);
            await page.setViewportSize({ width: 360, height: 740 });
            assert.ok((await overflow(page)) <= 0, `wider than 360 px by ${await overflow(page)} px`);
            assert.deepEqual(await violations(page), []);
            assert.deepEqual(faults, []);
          } finally {
            await context.close();
          }
        });
      }
    });
  }
}
