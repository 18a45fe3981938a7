// The total while somebody scores: what the page counts as they go is what the server
// counts when they save, of every kind of sheet; it is not said aloud at each key; and
// without JavaScript there is nothing of it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch, open, overflow, signIn, start, violations } from './lib.mjs';
import { begin, correctAndSend, decide, declares, editorOf, press, propose } from './steps.mjs';

const criteria = Array.from({ length: 12 }, (_, i) => `K${i + 1}`); // asked ex-post
const each = (answer) => criteria.map(() => answer);
const ninth = ['4', '3', '3', '2', '3', '3', '2', '3', '2', '4', '3', '2']; // acceptance example 9: 72.0
const sheets = {
  'all of it scored': { answers: ninth, total: '72' },
  'not applicable and without data': { answers: ['4', 'na', '3', 'bd', '2', '1', 'na', '0', 'bd', '4', '3', '1'] },
  'some of it left open': { answers: ['1', '', '2', '', '', '3', '', '4', '', '', '0', ''] },
  'hardly any data': { answers: ['3', ...each('bd').slice(1)], poor: true },
  'not applicable but for one': { answers: [...each('na').slice(1), '1'] },
  'nothing applicable': { answers: each('na') },
  'a broken condition': { answers: ninth, gate: 'ano' },
  'no points at all': { answers: each('0') },
  ...Object.fromEntries(Array.from({ length: 4 }, (_, n) => [`by chance ${n}`, { answers: byChance(n + 1) }])),
};

/** The same answers each time. */
function byChance(seed) {
  const all = ['0', '1', '2', '3', '4', 'na', 'bd', ''];
  return criteria.map(() => all[(seed = (seed * 48_271) % 2_147_483_647) % all.length]);
}

describe('the total while scoring', { concurrency: false }, () => {
  let atlas, browser, sheet, kept;
  before(async () => {
    [browser, atlas] = await Promise.all([launch(), start('serve')]);
    const editor = await editorOf(browser, atlas);
    kept = await editorOf(browser, atlas, 'evaluator', 'petr@atlas.example', 'Petr První');
    await editorOf(browser, atlas, 'evaluator', 'dana@atlas.example', 'Dana Druhá');
    const author = await open(browser, atlas.address);
    await signIn(author.page, atlas, 'jana@spolek.example');
    const project = await propose(author.page, atlas.address, 'Společný dvorek');
    const of = await open(browser, atlas.address, { storageState: editor });
    await decide(of.page, atlas.address, 'Společný dvorek', 'returned', 'Doplňte prosím cíl projektu.');
    await author.page.goto(`${atlas.address}/prispevky/${project}`);
    await correctAndSend(author.page, 'Dobré soužití sousedů');
    await decide(of.page, atlas.address, 'Společný dvorek', 'published');
    const evaluation = await begin(of.page, atlas.address, project);
    const one = await open(browser, atlas.address, { storageState: kept });
    await declares(one.page, evaluation);
    sheet = new URL(`${evaluation}/list`).pathname;
    await Promise.all([author, of, one].map((p) => p.context.close()));
  });
  after(async () => {
    await browser?.close();
    await atlas?.stop();
  });

  for (const lang of ['cs', 'en']) {
    test(`${lang}: what is counted on the page is what is counted when it is saved`, async () => {
      const { page, context, faults } = await open(browser, atlas.address, { storageState: kept, locale: lang });
      await page.goto(atlas.address + (lang === 'en' ? '/en' : '') + sheet);
      for (const [name, { answers, gate = 'ne', total, poor }] of Object.entries(sheets)) {
        await fill(page, answers, gate);
        const live = await page.locator('[data-score-sum]').innerText();
        await Promise.all([page.waitForEvent('load'), press(page, 'ulozit')]);
        const saved = await page.locator('#soucet').innerText();
        assert.deepEqual(numbers(live), numbers(saved), `${name}: ${live} beside ${saved}`);
        assert.equal(await page.locator('[data-score-sum]').innerText(), live, `${name}: after saving`);
        if (total) assert.match(live, new RegExp(`^${total}[.,]0 `), name);
        assert.equal(/vyloučeno|excluded/.test(live), gate === 'ano', `${name}: ${live}`);
        assert.equal(/vyloučeno|excluded/.test(saved), gate === 'ano', `${name}: ${saved}`);
        assert.equal(/nedostatek podkladů|not enough data/.test(live), /nedostatek podkladů|not enough data/.test(saved), `${name}: ${live} beside ${saved}`);
        if (poor) assert.match(live, /nedostatek podkladů|not enough data/, name);
      }
      assert.deepEqual(faults, []);
      await context.close();
    });
  }

  test('it names what is missing and says so when somebody pauses, not at each key', async () => {
    const { page, context, faults } = await open(browser, atlas.address, { storageState: kept, viewport: { width: 360, height: 740 } });
    await page.goto(atlas.address + sheet);
    await fill(page, each(''), 'ne');
    const missing = async () => Object.fromEntries((await page.locator('[data-score-list] li').allInnerTexts()).map((line) => {
      const [what, which] = line.split(/: */);
      return [what.replace(/ \(.*/, ''), which.split(', ')];
    }));
    await page.locator('[data-score-lack] summary').click();
    assert.deepEqual(await missing(), { 'Kritéria bez hodnocení': criteria });
    await page.locator('[name="scores.K1"][value="3"]').check();
    await page.locator('[name="scores.K2"][value="na"]').check();
    let now = await missing();
    assert.deepEqual(now['Bez zdůvodnění'], ['K1', 'K2']);
    assert.deepEqual(now['Bez důkazu, který je potřeba od 3 bodů'], ['K1']);
    await page.waitForTimeout(2000);
    const said = await page.locator('[data-score-said]').textContent();
    assert.match(said, /^75,0 ze\s100\sbodů\./);
    await page.locator('[name="scores.K1.justification"]').pressSequentially('Potřebnost dokládají data obce.', { delay: 5 });
    await page.waitForTimeout(2000);
    assert.equal(await page.locator('[data-score-said]').textContent(), said, 'said while somebody types');
    now = await missing();
    assert.deepEqual(now['Bez zdůvodnění'], ['K2']);
    await page.locator('[name="scores.K1.evidence.0.kind"]').selectOption('visit');
    await page.locator('[name="scores.K1.evidence.0.text"]').fill('Návštěva 4. března');
    assert.equal((await missing())['Bez důkazu, který je potřeba od 3 bodů'], undefined);
    await page.locator('[name="gates.H1"][value=ano]').check();
    assert.deepEqual((await missing())['Porušené podmínky bez zdůvodnění'], ['H1']);
    await page.waitForTimeout(2000);
    assert.notEqual(await page.locator('[data-score-said]').textContent(), said, 'nothing was said after a pause');
    assert.equal(await page.locator('[data-score-said]').getAttribute('aria-live'), 'polite');
    assert.equal(await overflow(page), 0);
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(faults, []);
    await context.close();
  });

  test('what the server counted stands alone without JavaScript', async () => {
    const { page, context } = await open(browser, atlas.address, { storageState: kept, javaScriptEnabled: false });
    await page.goto(atlas.address + sheet);
    assert.ok(await page.locator('#soucet').isVisible());
    assert.equal(await page.locator('[data-score-live]').isVisible(), false);
    await context.close();
  });
});

/** Answers every criterion; what cannot be unanswered is reset with the page. */
async function fill(page, answers, gate) {
  await page.evaluate(([codes, answers, gate]) => {
    const form = document.getElementById('formular');
    for (const box of form.querySelectorAll('input[type=radio]')) box.checked = false;
    codes.forEach((code, i) => answers[i] && (form.querySelector(`[name="scores.${code}"][value="${answers[i]}"]`).checked = true));
    for (const box of form.querySelectorAll(`[name^="gates."][value="ne"]`)) box.checked = true;
    if (gate === 'ano') form.querySelector('[name="gates.H1"][value="ano"]').checked = true;
    form.dispatchEvent(new Event('input', { bubbles: true }));
  }, [criteria, answers, gate]);
}

/** The total and the completeness in a text. */
const numbers = (text) => text.match(/\d+[.,]\d(?=\s)|\d+[.,]\d(?=\s*%)/g) ?? [];
