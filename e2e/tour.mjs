// Starts the demo, walks its main pages and writes the pictures of the README:
// each page at two widths, in both themes and both languages. Those that the
// README shows are kept in docs/tour, the others in docs/tour/all for looking.
// A second demo, with accounts, has a person who proposes and one who decides.
import { createHmac } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { addUser, launch, open, start } from './lib.mjs';

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
  ['coverage', '/pokryti?od=2016#matice-popis'],
  ['trend', '/pokryti?zobrazeni=vyvoj&od=2012#vyvoj'],
  ['coverage-map', '/pokryti?zobrazeni=mapa&od=2016#mapa-nadpis'],
  ['report', '/zpravy/H-00001'],
  ['evaluation', '/hodnoceni/E-00001'],
  ['judged', '/hodnoceni/porovnani#srovnani'],
  ['history', '/projekty/P-00123/hodnoceni'],
  ['agreement', '/kola-hodnoceni/G-00001#shoda'],
  ['practice', '/dobra-praxe/K-00001'],
  ['mark', '/dobra-praxe/K-00007/znacka'],
  ['journey', '/dobra-praxe/K-00006/cesta'],
  ['fit', '/dobra-praxe/K-00001/sedi-nam?obec=555134'],
  ['actor', '/akteri/A-00003'],
  ['calls', '/vyzvy'],
  ['as-of', `/k/${new Date().toLocaleDateString('sv', { timeZone: 'Europe/Prague' })}/vyzvy`],
  ['lists', '/ciselniky/oblasti-integrace'],
  ['import', '/import'],
  ['privacy', '/soukromi'],
];
const authorStops = [
  ['propose', '/projekty/novy'],
  ['proposal', '/prispevky/N-00002'],
  ['watching', '/sledovani'],
  ['account', '/ucet'],
];
const editorStops = [
  ['queue', '/redakce'],
  ['judge', '/redakce/N-00002'],
  ['compare', '/projekty/P-00003/porovnani?od=1&do=2'],
  ['administration', '/sprava'],
];
const looks = [
  ['desktop', { viewport: { width: 1280, height: 860 } }],
  ['phone', { viewport: { width: 360, height: 740 } }],
];
const inReadme = new Set([
  'home-desktop-light-cs', 'search-desktop-light-cs', 'map-desktop-light-cs', 'project-desktop-light-cs',
  'territory-desktop-dark-en', 'edit-desktop-light-cs', 'import-desktop-light-en', 'years-desktop-dark-cs',
  'propose-desktop-light-cs', 'judge-desktop-light-cs', 'compare-desktop-dark-en', 'as-of-desktop-light-en',
  'coverage-desktop-light-cs', 'trend-desktop-light-en', 'coverage-map-desktop-light-cs', 'report-desktop-light-cs',
  'evaluation-desktop-light-cs', 'judged-desktop-light-cs', 'agreement-desktop-light-en', 'practice-desktop-light-cs', 'journey-desktop-light-en', 'fit-desktop-light-cs',
  'home-phone-dark-cs', 'search-phone-light-en', 'project-phone-dark-en', 'map-phone-light-cs',
]);

/** Takes pictures of pages in every look, as whoever the stored session is of. */
async function walk(browser, atlas, pages, storageState) {
  for (const [look, options] of looks) {
    for (const theme of ['light', 'dark']) {
      for (const lang of ['cs', 'en']) {
        const { context, page } = await open(browser, atlas.address, { ...options, colorScheme: theme, storageState });
        for (const [name, path] of pages) {
          await page.goto(atlas.address + (lang === 'en' ? `/en${path === '/' ? '' : path}` : path), { waitUntil: 'networkidle' });
          const picture = `${name}-${look}-${theme}-${lang}`;
          await page.screenshot({ path: join(inReadme.has(picture) ? shown : others, `${picture}.png`) });
          console.log(picture);
        }
        await context.close();
      }
    }
  }
}

/** Signs somebody in; gives their page. */
async function person(browser, atlas, email, role, name) {
  const { page } = await open(browser, atlas.address);
  await page.goto(addUser(atlas, email, role, name));
  await page.locator('#formular button[type=submit]').click();
  await page.waitForURL(/\/prihlaseni$/);
  return page;
}

/** Proposes other words for the summary of a project. */
async function correct(page, atlas, project, words) {
  await page.goto(`${atlas.address}/projekty/${project}/navrhnout-opravu`);
  await page.locator('[name=annotation]').fill(words);
  await page.locator('.form-buttons [name=akce][value=odeslat]').click();
  await page.waitForURL(/\/prispevky\/N-\d+/);
}

/** Turns one-time codes on, without which an editor may not decide. */
async function secondStep(page, atlas) {
  await page.goto(`${atlas.address}/ucet/druhy-faktor`);
  await page.locator('main a.gov-button').click();
  const secret = (await page.locator('main').innerText()).match(/(?:[A-Z2-7]{4}\s?){8}/)[0];
  await page.locator('main form input[type=text]').fill(code(secret));
  await page.locator('main form button').first().click();
  await page.waitForLoadState();
}

/** The code of now (RFC 6238) of a secret in base 32. */
function code(secret) {
  const bits = [...secret.replace(/\s/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const moment = Buffer.alloc(8);
  moment.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac('sha1', Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)))).update(moment).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1e6).padStart(6, '0');
}

const browser = await launch();
try {
  const atlas = await start();
  try {
    await walk(browser, atlas, stops);
  } finally {
    await atlas.stop();
  }
  const closed = await start('demo', { settings: { ATLAS_OPEN_EDITING: 'false' } });
  try {
    const author = await person(browser, closed, 'petr@mesto.example', '', 'Petr Nový');
    await correct(author, closed, 'P-00003', 'Město získalo na rok 2019 dotaci v plné výši a zaplatilo z ní kurzy češtiny pro dospělé i děti a informační brožuru v šesti jazycích.');
    await correct(author, closed, 'P-00001', 'Kurzy češtiny a poradenství pro cizince, kteří se do města nově přistěhovali; druhá polovina projektu byla věnována školám.');
    await author.goto(`${closed.address}/sledovani/nove?co=uzemi&na=CZ041`);
    await author.locator('main form button[type=submit]').first().click();
    const editor = await person(browser, closed, 'eva@mesto.example', 'methodologist', 'Eva Malá');
    await secondStep(editor, closed);
    await editor.goto(`${closed.address}/redakce/N-00001`);
    await editor.locator('[name=rozhodnuti][value=accepted]').click();
    await editor.waitForURL(/\/redakce$/);
    await walk(browser, closed, authorStops, await author.context().storageState());
    await walk(browser, closed, editorStops, await editor.context().storageState());
  } finally {
    await closed.stop();
  }
} finally {
  await browser.close();
}
