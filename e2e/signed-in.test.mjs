// Every page of people who are signed in × language × theme: no violation of WCAG
// 2.2 A and AA, no script error, nothing wider than a phone of 360 px. The pages
// have something on them: a proposal that waits, one that came back, a watch,
// an organisation with people, an evaluation that runs.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, open, overflow, start, violations } from './lib.mjs';
import { mailServer } from './letters.mjs';
import { correctAndSend, decide, editorOf, freePort, inventedOf, press, propose, proposeCorrection, register } from './steps.mjs';

const routes = JSON.parse(readFileSync(join(import.meta.dirname, 'signed-in.json'), 'utf8'));
const me = { name: 'Jana Sousedová', email: 'jana@spolek.example' };
const people = {}; // what the browser keeps of each
const codes = {}; // what stands in the addresses of pages: {proposal} and others

let data, mail, atlas, browser;
before(async () => {
  data = mkdtempSync(join(tmpdir(), 'atlas-e2e-'));
  [mail, browser] = await Promise.all([mailServer(), launch()]);
  const filled = await start('demo', { data });
  await filled.stop();
  const listen = `127.0.0.1:${await freePort()}`;
  atlas = await start('serve', { data, listen, settings: { ...mail.settings, ATLAS_BASE_URL: `http://${listen}` } });
  people.admin = await editorOf(browser, atlas, 'admin');
  people.asked = await inventedOf(browser, atlas, 'hodnotitelka-dana@ukazka.invalid');
  people.evaluator = await inventedOf(browser, atlas, 'hodnotitel-bohumil@ukazka.invalid');
  people.implementer = await inventedOf(browser, atlas, 'realizatorka-eva@ukazka.invalid', false);
  await fill();
});
after(async () => {
  await browser?.close();
  await atlas?.stop();
  mail?.stop();
  rmSync(data, { recursive: true, force: true });
});

// Both languages, themes and widths, in two walks instead of four: what a language
// does to a theme is seen on the pages for everybody (a11y.test.mjs).
const wide = { width: 1280, height: 900 };
const phone = { width: 360, height: 740 };
const faces = [['cs', 'light', wide], ['en', 'dark', phone]];

for (const [lang, colorScheme, viewport] of faces) {
  describe(`${lang}, ${colorScheme}, ${viewport.width} px`, () => {
    const signedIn = {};
    before(async () => {
      for (const who of Object.keys(people)) signedIn[who] = await open(browser, atlas.address, { colorScheme, viewport, storageState: people[who] });
    });
    after(() => Promise.all(Object.values(signedIn).map(({ context }) => context.close())));

    for (const { name, path, as, form, status = 200 } of routes) {
      test(`${as}: ${name}`, async () => {
        const { page, faults } = signedIn[as];
        faults.length = 0;
        const address = path.replace(/{(\w+)}/, (_, code) => codes[code] ?? assert.fail(`nothing for ${code}`));
        await page.setViewportSize(viewport);
        const url = atlas.address + (lang === 'en' ? '/en' : '') + address;
        const response = await (form ? send(page, url, form) : page.goto(url));
        assert.equal(response.status(), status, page.url());
        assert.equal(await page.locator('.site-person').count(), 1, 'signed in');
        if (process.env.ATLAS_PICTURES) await page.screenshot({ path: join(process.env.ATLAS_PICTURES, `${`${as} ${name}`.replace(/\W+/g, '-')}-${lang}-${viewport.width}.png`), fullPage: true });
        assert.deepEqual(await violations(page), []);
        await page.setViewportSize(phone);
        assert.ok((await overflow(page)) <= 0, `wider than 360 px by ${await overflow(page)} px`);
        assert.deepEqual(faults, []);
      });
    }
  });
}

/** Has people do what the pages then show. */
async function fill() {
  const author = await open(browser, atlas.address);
  const admin = await open(browser, atlas.address, { storageState: people.admin });
  const { page } = author;
  const at = (path) => atlas.address + path;
  await register(page, atlas.address, me, mail);

  await page.goto(at('/sledovani/nove?co=uzemi&na=CZ032'));
  await page.locator('[name=obdobi][value=instantly]').check();
  await page.locator('form:has([name=obdobi]) button').click();
  codes.published = await propose(page, atlas.address, 'Klub sousedů Doubravka');
  await decide(admin.page, atlas.address, 'Klub sousedů Doubravka', 'returned', 'Doplňte prosím cíl projektu.');
  await page.goto(at(`/prispevky/${codes.published}`));
  await correctAndSend(page, 'Dobré soužití sousedů');
  await publishAll(admin.page, at('/redakce?druh=projekty'));
  const news = mail.letter(me.email, undefined, /\/nesledovat\//);

  codes.proposal = await propose(page, atlas.address, 'Hřiště Skvrňany');
  await decide(admin.page, atlas.address, 'Hřiště Skvrňany', 'returned', 'Doplňte prosím cíl projektu.\nA kdo to platil?');
  codes.waiting = await propose(page, atlas.address, 'Knihovna Lochotín');
  await proposeCorrection(page, at('/projekty/P-00001'), 'Kurzy češtiny a setkávání sousedů.');
  codes.correction = page.url().match(/N-\d+/)[0];

  // An organisation whose people another person decides about.
  await admin.page.goto(at('/akteri/A-00001/lide'));
  await admin.page.locator('#pozvat [name=email]').fill(me.email);
  await admin.page.locator('#pozvat button').click();
  codes.invitation = lastPart(await mail.letter(me.email, undefined, /\/pozvanka\//), 'pozvanka');

  await page.goto(at('/ucet/udaje'));
  await page.locator('#f-email').fill('jana@jinde.example');
  await page.locator('form:has(#f-email) button').click();
  codes.email = lastPart(await mail.letter('jana@jinde.example'), 'e-mail');
  await send(page, at('/ucet/overeni'), { akce: 'odkaz' });
  codes.proof = lastPart(await mail.letter(me.email, undefined, /\/ucet\/overeni\//), 'overeni');

  await page.goto(at('/sledovani'));
  codes.watch = (await page.content()).match(/\/sledovani\/([^/"]+)\/novinky/)[1];
  codes.token = lastPart(await news, 'nesledovat');
  people.author = await author.context.storageState();

  const implementer = await open(browser, atlas.address, { storageState: people.implementer });
  await implementer.page.goto(at('/hodnoceni/moje'));
  codes.running = (await implementer.page.content()).match(/\/hodnoceni\/(E-\d+)/)[1];
  await implementer.page.goto(at('/sebekontrola'));
  codes.check = (await implementer.page.content()).match(/\/sebekontrola\/(L-\d+)/)[1];
  codes.judged = 'E-00010';
  await admin.page.goto(at('/metodiky/R-00001'));
  await admin.page.locator('form[action$="/nova-verze"] button').click();
  await admin.page.waitForURL(/\/metodiky\/R-\d+/);
  codes.draft = admin.page.url().match(/R-\d+/)[0];
  await Promise.all([author.context.close(), admin.context.close(), implementer.context.close()]);
}

async function publishAll(page, queue) {
  await page.goto(queue);
  for (const box of await page.locator('[name=vec]').all()) await box.check();
  await press(page, 'published');
  await page.waitForURL(/\/redakce\/davky\//);
}

/** Sends a form that is not on the page, because who is signed in just now is asked for no proof. */
async function send(page, address, fields) {
  await page.goto(new URL('/ucet', address).href);
  const [response] = await Promise.all([page.waitForNavigation(), page.evaluate(({ address, fields }) => {
    const form = Object.assign(document.createElement('form'), { method: 'post', action: address });
    for (const [name, value] of Object.entries(fields)) form.append(Object.assign(document.createElement('input'), { name, value }));
    document.body.append(form);
    form.submit();
  }, { address, fields })]);
  return response;
}

/** What stands behind a folder in the address that a letter leads to. */
function lastPart(letter, folder) {
  return letter.text.match(new RegExp(`/${folder}/([\\w.-]+)`))[1];
}
