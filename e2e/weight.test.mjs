// What a page costs on a slow line: bytes as they travel, compressed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { request } from 'node:http';
import { launch, open, start } from './lib.mjs';

let atlas, browser;
before(async () => {
  atlas = await start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await atlas?.stop();
});

/** Bytes of the body as sent. */
function wire(url) {
  return new Promise((ok, fail) => {
    request(url, { headers: { 'accept-encoding': 'gzip, br' } }, (res) => {
      let n = 0;
      res.on('data', (c) => (n += c.length));
      res.on('end', () => ok(n));
    }).on('error', fail).end();
  });
}

async function firstLoad(path) {
  const { context, page } = await open(browser, atlas.address);
  const urls = new Set();
  page.on('request', (r) => urls.add(r.url()));
  await page.goto(atlas.address + path, { waitUntil: 'networkidle' });
  await context.close();
  let sum = 0;
  for (const u of urls) if (u.startsWith('http')) sum += await wire(u);
  return sum;
}

for (const path of ['/', '/projekty', '/projekty/P-00001', '/projekty?zobrazeni=mapa']) {
  test(`first load of ${path} is at most 150 kB`, async () => {
    const bytes = await firstLoad(path);
    console.log(`${path}: ${(bytes / 1000).toFixed(1)} kB`);
    assert.ok(bytes <= 150_000, `${bytes} bytes`);
  });
}

test('a page of results is at most 60 kB of HTML', async () => {
  const bytes = await wire(`${atlas.address}/projekty`);
  console.log(`/projekty HTML: ${(bytes / 1000).toFixed(1)} kB`);
  assert.ok(bytes <= 60_000, `${bytes} bytes`);
});
