// Starts the demo, walks its main pages and writes the pictures of the README:
// each page at two widths, in both themes and both languages. Those that the
// README shows are kept in docs/tour, the others in docs/tour/all for looking.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch, open, start } from './lib.mjs';

const shown = join(import.meta.dirname, '..', 'docs', 'tour');
const others = join(shown, 'all');
mkdirSync(others, { recursive: true });

const stops = [
  ['home', '/'],
  ['search', '/projekty?q=%C4%8De%C5%A1tina&oblast=JAZ'],
  ['map', '/projekty?zobrazeni=mapa'],
  ['years', '/projekty?zobrazeni=roky'],
  ['project', '/projekty/P-00001'],
  ['edit', '/projekty/P-00001/upravit'],
  ['territory', '/uzemi/CZ042'],
  ['actor', '/akteri/A-00003'],
  ['calls', '/vyzvy'],
  ['lists', '/ciselniky/oblasti-integrace'],
  ['import', '/import'],
];
const looks = [
  ['desktop', { viewport: { width: 1280, height: 860 } }],
  ['phone', { viewport: { width: 360, height: 740 } }],
];
const inReadme = new Set([
  'home-desktop-light-cs', 'search-desktop-light-cs', 'map-desktop-light-cs', 'project-desktop-light-cs',
  'territory-desktop-dark-en', 'edit-desktop-light-cs', 'import-desktop-light-en', 'years-desktop-dark-cs',
  'home-phone-dark-cs', 'search-phone-light-en', 'project-phone-dark-en', 'map-phone-light-cs',
]);

const atlas = await start();
const browser = await launch();
try {
  for (const [look, options] of looks) {
    for (const theme of ['light', 'dark']) {
      for (const lang of ['cs', 'en']) {
        const { context, page } = await open(browser, atlas.address, { ...options, colorScheme: theme });
        for (const [name, path] of stops) {
          await page.goto(atlas.address + (lang === 'en' ? `/en${path === '/' ? '' : path}` : path), { waitUntil: 'networkidle' });
          const picture = `${name}-${look}-${theme}-${lang}`;
          await page.screenshot({ path: join(inReadme.has(picture) ? shown : others, `${picture}.png`) });
          console.log(picture);
        }
        await context.close();
      }
    }
  }
} finally {
  await browser.close();
  await atlas.stop();
}
