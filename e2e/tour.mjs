// Starts the demo, walks its main pages and writes the pictures of the README.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch, open, start } from './lib.mjs';

const out = join(import.meta.dirname, '..', 'docs', 'tour');
mkdirSync(out, { recursive: true });

const stops = [
  ['home', '/'],
  ['search', '/projekty?q=%C4%8De%C5%A1tina&oblast=JAZ'],
  ['map', '/projekty?zobrazeni=mapa'],
  ['years', '/projekty?zobrazeni=roky'],
  ['project', '/projekty/P-00001'],
  ['edit', '/projekty/P-00001/upravit'],
  ['territory', '/uzemi/CZ032'],
  ['code-list', '/ciselniky/oblasti-integrace'],
];
const looks = [
  ['desktop', { viewport: { width: 1280, height: 900 } }],
  ['phone', { viewport: { width: 360, height: 740 } }],
];

const atlas = await start();
const browser = await launch();
try {
  for (const [name, path] of stops) {
    for (const [look, options] of looks) {
      for (const theme of ['light', 'dark']) {
        for (const lang of ['cs', 'en']) {
          const { context, page } = await open(browser, atlas.address, { ...options, colorScheme: theme });
          await page.goto(atlas.address + (lang === 'en' ? '/en' : '') + path, { waitUntil: 'networkidle' });
          const file = `${name}-${look}-${theme}-${lang}.png`;
          await page.screenshot({ path: join(out, file) });
          console.log(file);
          await context.close();
        }
      }
    }
  }
} finally {
  await browser.close();
  await atlas.stop();
}
