// The path of a contribution, from registering to being forgotten, as people walk
// it: on both databases, in both languages, with JavaScript and without, over
// letters that were really received.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { readFileSync } from 'node:fs';
import { launch, open, start } from './lib.mjs';
import { mailServer } from './letters.mjs';
import { postgres } from './postgres.mjs';
import { correctAndSend, decide, editorOf, freePort, linkIn, main, propose, proposeCorrection, register } from './steps.mjs';

const databases = { SQLite: async () => ({ settings: {}, stop() {} }), PostgreSQL: postgres };
const ways = [['cs', true], ['cs', false], ['en', true], ['en', false]];
const subjects = { cs: subjectsIn('cs'), en: subjectsIn('en') };
const deleted = { cs: 'smazaný účet', en: 'deleted account' };

for (const [name, database] of Object.entries(databases)) {
  describe(name, { concurrency: false }, () => {
    let stored, mail, atlas, browser, editor;
    before(async () => {
      [stored, mail, browser] = await Promise.all([database(), mailServer(), launch()]);
      const listen = `127.0.0.1:${await freePort()}`;
      const settings = { ...stored.settings, ...mail.settings, ATLAS_BASE_URL: `http://${listen}` };
      atlas = await start('serve', { listen, settings });
      editor = await editorOf(browser, atlas);
    });
    after(async () => {
      await browser?.close();
      await atlas?.stop();
      await stored?.stop();
      mail?.stop();
    });

    for (const [lang, javaScriptEnabled] of ways) {
      test(`${lang}, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
        const face = atlas.address + (lang === 'en' ? '/en' : '');
        const options = { javaScriptEnabled, locale: lang };
        const author = await open(browser, atlas.address, options);
        const judge = await open(browser, atlas.address, { ...options, storageState: editor });
        const anyone = await open(browser, atlas.address, options);
        const me = { name: `Jana ${name} ${lang} ${javaScriptEnabled}`, email: `jana.${name}.${lang}.${javaScriptEnabled}@spolek.example`.toLowerCase() };
        const title = `Klub sousedů ${name} ${lang} ${javaScriptEnabled}`;
        const told = (what) => mail.letter(me.email, subjects[lang][what].replace('{title}', title));

        await register(author.page, face, me, mail);
        const id = await propose(author.page, face, title);
        const record = `${face}/projekty/${id}`;
        await isHidden(anyone.page, record);

        await decide(judge.page, face, title, 'returned', 'Doplňte prosím cíl projektu.');
        await told('received');
        const returned = await told('returned');
        assert.match(returned.text, /Doplňte prosím cíl projektu\./, 'the letter tells the reason');
        await author.page.goto(linkIn(returned));
        await correctAndSend(author.page, 'Dobré soužití sousedů');
        await told('received');
        await decide(judge.page, face, title, 'published');
        await author.page.goto(linkIn(await told('published')));
        await shows(anyone.page, record, 'Setkávání sousedů u kávy.');

        await proposeCorrection(author.page, record, 'Setkávání sousedů u čaje.');
        await shows(anyone.page, record, 'Setkávání sousedů u kávy.');
        await told('received');
        await decide(judge.page, face, title, 'accepted');
        await told('published');
        await shows(anyone.page, record, 'Setkávání sousedů u čaje.');

        const [published, changed] = await versions(anyone.page, record);
        await compareAnyTwo(anyone.page, record, published, changed);
        await restore(judge.page, record, published);
        await shows(anyone.page, record, 'Setkávání sousedů u kávy.');
        assert.equal((await versions(anyone.page, record)).length, 3, 'what was restored is a new version');

        await takeData(author.page, face, me, title);
        await erase(author.page, face);
        await shows(anyone.page, record, 'Setkávání sousedů u kávy.');
        await namesNobody(anyone.page, record, me);
        await judge.page.goto(`${record}/historie`);
        assert.match(await main(judge.page), new RegExp(deleted[lang]), 'editors see a deleted account');
        await namesNobody(judge.page, record, me);

        assert.deepEqual([author, judge, anyone].flatMap((p) => p.faults), []);
        await Promise.all([author, judge, anyone].map((p) => p.context.close()));
      });
    }
  });
}

/** The subjects of letters in a language. */
function subjectsIn(lang) {
  const messages = JSON.parse(readFileSync(new URL(`../internal/mail/messages/${lang}.json`, import.meta.url), 'utf8'));
  return Object.fromEntries(['received', 'returned', 'published'].map((what) => [what, messages[`mail.${what}.subject`].replaceAll('\u00a0', ' ')]));
}

async function shows(page, record, text) {
  const response = await page.goto(record);
  assert.equal(response.status(), 200);
  assert.ok((await main(page)).includes(text), `${record} does not show ${text}`);
}

async function isHidden(page, record) {
  assert.equal((await page.goto(record)).status(), 404, 'what is not published is nobody else’s');
}

/** Numbers of the versions that the public may see, oldest first. */
async function versions(page, record) {
  await page.goto(`${record}/historie`);
  const links = await page.locator('main tbody th a').evaluateAll((all) => all.map((a) => Number(new URL(a.href).searchParams.get('verze'))));
  return links.reverse();
}

async function compareAnyTwo(page, record, from, to) {
  await page.goto(`${record}/historie`);
  for (const [od, po] of [[from, to], [to, from]]) {
    await page.locator('#od').selectOption(String(od));
    await page.locator('#do').selectOption(String(po));
    await page.locator('form:has(#od) button').click();
    const marks = await page.locator('#rozdily').innerHTML();
    const [gone, come] = od === from ? ['kávy', 'čaje'] : ['čaje', 'kávy'];
    assert.match(marks, new RegExp(`<del>.*${gone}.*</del>`, 's'));
    assert.match(marks, new RegExp(`<ins>.*${come}.*</ins>`, 's'));
  }
}

async function restore(page, record, version) {
  await page.goto(`${record}/historie?verze=${version}`);
  await page.locator('#duvod').fill('Káva to přece byla.');
  await page.locator('form:has(#duvod) button').click();
  await page.waitForURL(/\/P-\d+(\/historie)?(\?.*)?$/);
  assert.equal(await page.locator('.problems').count(), 0, await main(page));
}

/** What the database knows of a person, as a file for programs and one for people. */
async function takeData(page, face, { name, email }, title) {
  await page.goto(`${face}/ucet/moje-data`);
  const file = async (ending) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator(`main a[href$=".${ending}"]`).click()]);
    return readFileSync(await download.path());
  };
  const data = JSON.stringify(JSON.parse(await file('json')));
  for (const own of [name, email, title]) assert.ok(data.includes(own), `the export lacks ${own}`);
  const pdf = await file('pdf');
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  assert.match(pdf.subarray(-10).toString(), /%%EOF/);
}

async function erase(page, face) {
  await page.goto(`${face}/ucet/smazat`);
  await page.locator('#f-sure').check();
  await page.locator('form:has(#f-sure) button').click();
  assert.equal(await page.locator('.site-sign-in').count(), 1, 'nobody is signed in');
}

/** No page of a record or of the log tells of the person. */
async function namesNobody(page, record, { name, email }) {
  const log = record.replace(/\/projekty\/.*/, '/protokol');
  for (const address of [record, `${record}/historie`, `${record}/porovnani?od=1&do=2`, log]) {
    await page.goto(address);
    const source = await page.content();
    for (const personal of [name, email]) assert.ok(!source.includes(personal), `${address} shows ${personal}`);
  }
}
