// The second factor in a real browser: one-time codes of an application, codes for
// a lost phone, each good once, and a passkey through the whole ceremony with the
// authenticator of the browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addUser, launch, oneTimeCode, open, run, setUpCodes, start, violations } from './lib.mjs';

let atlas, browser;
before(async () => {
  const started = await start('serve');
  atlas = { ...started, address: started.address.replace('127.0.0.1', 'localhost') }; // passkeys belong to a name
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await atlas?.stop();
});

const faces = [['', true], ['/en', true], ['', false]];
const email = (face, script, who) => `${who}${face.slice(1)}${script}@atlas.example`;

/** Opens a link for signing in and goes through its button. */
async function follow(page, link) {
  await page.goto(link);
  await page.locator('#formular button[type=submit]').click();
}

/** Signs out and in again by the first step. */
async function comeBack(page, face, who) {
  await page.goto(`${atlas.address}${face}/prihlaseni`);
  await page.locator('main form[action$="/odhlaseni"] button').click();
  const link = run(atlas, 'user', 'link', who).match(/\/en(\/prihlaseni\/odkaz\/[\w-]+)/)[1];
  await follow(page, atlas.address + face + link);
  await page.waitForURL(/\/prihlaseni\/druhy-krok/);
}

async function typeCode(page, code) {
  await page.locator('#kod').fill(code);
  await page.locator('#formular button[type=submit]').click();
}

/** An editor who showed the second factor sees the queue; who did not is refused. */
async function seesQueue(page, face, expected = 200) {
  const response = await page.goto(`${atlas.address}${face}/redakce`);
  assert.equal(response.status(), expected);
}

for (const [face, javaScriptEnabled] of faces) {
  const way = `${face || '/cs'}, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`;

  test(`a one-time code and a code for a lost phone, ${way}`, async () => {
    const { context, page, faults } = await open(browser, atlas.address, { javaScriptEnabled });
    const who = email(face, javaScriptEnabled, 'eva');
    await follow(page, addUser(atlas, who, 'methodologist').replace('/prihlaseni', `${face}/prihlaseni`));
    await seesQueue(page, face, 403);
    const { secret, recovery } = await setUpCodes(page, atlas.address + face);
    assert.ok(recovery.length >= 8, `${recovery.length} codes for a lost phone`);
    await seesQueue(page, face);

    await comeBack(page, face, who);
    await seesQueue(page, face, 403);
    await page.goto(`${atlas.address}${face}/prihlaseni/druhy-krok`);
    await typeCode(page, oneTimeCode(secret, Date.now() - 3_600_000));
    assert.equal(await page.locator('#kod-problem').count(), 1, 'an old code is refused');
    if (javaScriptEnabled) assert.deepEqual(await violations(page), []);
    await typeCode(page, oneTimeCode(secret));
    await seesQueue(page, face);

    await comeBack(page, face, who);
    await typeCode(page, recovery[0]);
    await seesQueue(page, face);
    await comeBack(page, face, who);
    await typeCode(page, recovery[0]);
    assert.equal(await page.locator('#kod-problem').count(), 1, 'a code for a lost phone is good once');
    await typeCode(page, recovery[1]);
    await seesQueue(page, face);
    assert.deepEqual(faults, []);
    await context.close();
  });
}

for (const face of ['', '/en']) {
  test(`a passkey is added and is the second factor, ${face || '/cs'}`, async () => {
    const { context, page, faults } = await open(browser, atlas.address);
    const authenticator = await context.newCDPSession(page);
    await authenticator.send('WebAuthn.enable');
    const { authenticatorId } = await authenticator.send('WebAuthn.addVirtualAuthenticator', {
      options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    });
    const who = email(face, true, 'klic');
    await follow(page, addUser(atlas, who, 'methodologist').replace('/prihlaseni', `${face}/prihlaseni`));

    await page.goto(`${atlas.address}${face}/ucet/klice`);
    await page.locator('#f-key_name').fill('Notebook v práci');
    await page.locator('[data-passkey-add] button[type=submit]').click();
    await page.locator('main ul code').first().waitFor(); // codes for a lost phone come with the first factor
    assert.deepEqual(await violations(page), []);
    const { credentials } = await authenticator.send('WebAuthn.getCredentials', { authenticatorId });
    assert.equal(credentials.length, 1);
    assert.equal(credentials[0].rpId, 'localhost');
    await page.goto(`${atlas.address}${face}/ucet/klice`);
    assert.match(await page.locator('main').innerText(), /Notebook v práci/);
    await seesQueue(page, face);

    await comeBack(page, face, who);
    await seesQueue(page, face, 403);
    await page.goto(`${atlas.address}${face}/prihlaseni/druhy-krok`);
    assert.deepEqual(await violations(page), []);
    await authenticator.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await page.locator('[data-passkey] button').click();
    await page.locator('[data-passkey] [role=alert]').filter({ hasText: /\S/ }).waitFor(); // whoever holds the machine but is not its owner
    await authenticator.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
    await page.locator('[data-passkey] button').click();
    await page.waitForURL((url) => !url.pathname.endsWith('/druhy-krok'));
    await seesQueue(page, face);

    await page.goto(`${atlas.address}${face}/prihlaseni`);
    await page.locator('main form[action$="/odhlaseni"] button').click();
    await page.goto(`${atlas.address}${face}/prihlaseni`);
    await page.locator('[data-passkey] button').click(); // by the passkey alone
    await page.locator('.site-person').waitFor();
    await seesQueue(page, face);
    assert.deepEqual(faults, []);
    await context.close();
  });
}
