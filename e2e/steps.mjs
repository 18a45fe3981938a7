// What people do in more than one test, step by step, and who they are.
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { linkOf, open, setUpCodes, signIn } from './lib.mjs';

export const main = (page) => page.locator('main').innerText();
export const press = (page, value) => page.locator(`main button[value="${value}"]:not(.form-default)`).click();

/** The address in a letter that its reader is to go to. */
export function linkIn(letter) {
  return letter.text.match(/https?:\/\/\S+/)[0];
}

/** Whoever publishes or judges, with the second factor that their role demands: what the browser keeps of them. */
export async function editorOf(browser, atlas, role = 'methodologist', email = `eva.${role}@atlas.example`, name = undefined) {
  const { context, page } = await open(browser, atlas.address);
  await signIn(page, atlas, email, role, name);
  await setUpCodes(page, atlas.address);
  const kept = await context.storageState();
  await context.close();
  return kept;
}

/** One of the invented people of the demo, with the second factor where their role demands it: what the browser keeps of them. */
export async function inventedOf(browser, atlas, email, staff = true) {
  const { context, page } = await open(browser, atlas.address);
  await page.goto(linkOf(atlas, email));
  await page.locator('#formular button[type=submit]').click();
  await page.waitForURL(/\/prihlaseni$/);
  if (staff) await setUpCodes(page, atlas.address);
  const kept = await context.storageState();
  await context.close();
  return kept;
}

/** Registers by the link of a letter that was received. */
export async function register(page, face, { name, email }, mail) {
  await page.goto(`${face}/prihlaseni`);
  await page.locator('#email').fill(email);
  await press(page, 'odkaz');
  await page.goto(linkIn(await mail.letter(email)));
  await page.locator('#jmeno').fill(name);
  await page.locator('#souhlas').check();
  await page.locator('#formular button[type=submit]').click();
  assert.equal(await page.locator('.site-person summary').innerText(), name);
}

/** Fills the short form; the organisation is not known yet and is founded with it. */
export async function propose(page, face, title) {
  await page.goto(`${face}/projekty/novy`);
  const fields = {
    title_cs: title, annotation: 'Setkávání sousedů u kávy.', date_from: '2024', date_to: '2025', 'parties.0.actor': `Spolek ${title}`,
    'territories.0.place': 'Plzeňský kraj', 'sources.0.url': 'https://www.example.cz/klub',
  };
  for (const [field, value] of Object.entries(fields)) await page.locator(`[name="${field}"]`).fill(value);
  await page.locator('[name="areas.0.code"]').selectOption('JAZ');
  await page.locator('[name="sources.0.kind"]').selectOption('WEB');
  await page.locator('[name=target_legal][value="TG-ALL"]').check();
  await press(page, 'odeslat');
  await page.locator('[name="parties.0.actor_new"]').selectOption('NNO');
  await press(page, 'odeslat');
  await page.waitForURL(/\/(prispevky|projekty)\/P-\d+/);
  return page.url().match(/P-\d+/)[0];
}

/** An editor finds it in the queue and decides. */
export async function decide(page, face, title, how, reason) {
  await page.goto(`${face}/redakce`);
  await page.locator('main table').getByRole('link', { name: title, exact: true }).click();
  if (reason) {
    await page.locator('[name=duvod][value=udaje]').check();
    await page.locator('[name=slovy]').fill(reason);
  }
  await press(page, how);
  assert.equal(await page.locator('.problems').count(), 0, await main(page));
}

/** The author goes from what came back to its form and sends it again. */
export async function correctAndSend(page, goal) {
  await page.locator('a[href$="/upravit"]').first().click();
  await page.locator('[name=goal]').fill(goal);
  await page.locator('[name="activities.0.code"]').selectOption('A01');
  await press(page, 'odeslat');
  await page.waitForURL(/\/P-\d+(\?.*)?$/);
}

/** Proposes that something published be changed. */
export async function proposeCorrection(page, record, annotation) {
  await page.goto(record);
  await page.locator('a[href$="/navrhnout-opravu"]').click();
  await page.locator('[name=annotation]').fill(annotation);
  await page.locator('[name=poznamka]').fill('Kávu nikdo nepil.');
  await press(page, 'odeslat');
  await page.waitForURL(/\/prispevky\/N-\d+/);
}

/** A port that nobody listens on: letters carry the address of the instance, so it is known before it starts. */
export async function freePort() {
  const server = createServer();
  await new Promise((ok) => server.listen(0, '127.0.0.1', ok));
  const { port } = server.address();
  await new Promise((ok) => server.close(ok));
  return port;
}

/** From the page of the project to an evaluation by the two. */
export async function begin(page, face, project) {
  await page.goto(`${face}/projekty/${project}`);
  await page.locator('main a[href*="/hodnoceni/nove"]').first().click();
  await page.locator('[name=mode][value="ex-post"]').check();
  await page.locator('[name=due]').fill(inDays(14));
  for (const box of await page.locator('[name=evaluators]').all()) await box.check();
  await press(page, 'zacit');
  await page.waitForURL(/\/hodnoceni\/E-\d+/);
  return page.url().replace(/[?#].*/, '');
}

/** An evaluator says that nothing sways them, and opens the sheet. */
export async function declares(page, evaluation) {
  await page.goto(evaluation);
  await page.locator('[name=conflict][value=ne]').check();
  await page.locator('#prohlaseni button[type=submit]').first().click();
  await page.goto(`${evaluation}/list`);
  assert.ok(await page.locator('#formular').count(), await main(page));
}

/** A day so many days from now. */
function inDays(n) {
  return new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);
}
