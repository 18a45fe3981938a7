// Getting in and out in a real browser: by the link of a command, with and without
// JavaScript, on a phone, in both languages; a form that outlives its session.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addUser, launch, open, overflow, run, signIn, start, violations } from './lib.mjs';

let atlas, browser;
before(async () => {
  atlas = await start('serve');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await atlas?.stop();
});

const phone = { width: 360, height: 740 };
const faces = [['', 'light'], ['/en', 'dark']];

for (const [face, colorScheme] of faces) {
  test(`pages of signing in, ${face || '/cs'}, ${colorScheme}`, async () => {
    const { context, page, faults } = await open(browser, atlas.address, { colorScheme });
    const link = addUser(atlas, `nova${face.length}@mesto.example`).replace('/prihlaseni', `${face}/prihlaseni`);
    for (const path of ['/prihlaseni', '/prihlaseni/poslano', '/vyzvy/nova', '/']) {
      await page.goto(atlas.address + face + path);
      assert.deepEqual(await violations(page), [], path);
      await page.setViewportSize(phone);
      assert.ok((await overflow(page)) <= 0, `${path} is wider than 360 px by ${await overflow(page)} px`);
      await page.setViewportSize({ width: 1280, height: 900 });
    }
    await page.goto(link);
    assert.deepEqual(await violations(page), []);
    await page.locator('#formular button[type=submit]').click();
    await page.waitForURL(/\/prihlaseni$/);
    for (const path of ['/prihlaseni', '/', '/vyzvy/nova']) { // signed in; the last one is for others
      await page.goto(atlas.address + face + path);
      await page.locator('.site-person summary').click();
      assert.deepEqual(await violations(page), [], path);
      await page.setViewportSize(phone);
      assert.ok((await overflow(page)) <= 0, `${path} is wider than 360 px by ${await overflow(page)} px`);
      await page.setViewportSize({ width: 1280, height: 900 });
    }
    await page.goto(link);
    assert.deepEqual(await violations(page), [], 'a used link');
    assert.deepEqual(faults, []);
    await context.close();
  });
}

test('in and out on a phone without JavaScript', async () => {
  const { context, page } = await open(browser, atlas.address, { javaScriptEnabled: false, viewport: phone });
  await page.goto(atlas.address);
  await page.locator('.site-sign-in').click();
  await page.locator('#email').fill('petr@mesto.example');
  await page.locator('#formular button[value=odkaz]').click();
  assert.match(page.url(), /\/prihlaseni\/poslano$/);
  assert.match(await page.locator('main').innerText(), /petr@mesto\.example/);
  await page.goto(addUser(atlas, 'petr@mesto.example', '', 'Petr Nový'));
  await page.locator('#formular button[type=submit]').click();
  await page.locator('.site-person summary').click();
  assert.equal(await page.locator('.site-person summary').innerText(), 'Petr Nový');
  await page.locator('.site-person button').click();
  assert.equal(await page.locator('.site-sign-in').count(), 1);
  await context.close();
});

test('a form that outlives its session is sent again after signing in beside it', async () => {
  const { context, page, faults } = await open(browser, atlas.address);
  await signIn(page, atlas, 'eva@mesto.example');
  // A form of somebody signed in, sent after the session was ended elsewhere.
  run(atlas, 'user', 'block', 'eva@mesto.example');
  run(atlas, 'user', 'unblock', 'eva@mesto.example');
  await page.goto(atlas.address + '/o-databazi');
  await page.evaluate(() => {
    const form = Object.assign(document.createElement('form'), { method: 'post', action: '/vyzvy/nova' });
    form.append(Object.assign(document.createElement('textarea'), { name: 'annotation', value: 'První řádek\nDruhý' }));
    document.body.append(form);
    form.submit();
  });
  await page.waitForURL(/\/vyzvy\/nova$/);
  assert.match(await page.locator('h1').innerText(), /nic se neztratilo/);
  assert.deepEqual(await violations(page), []);
  const [beside] = await Promise.all([context.waitForEvent('page'), page.locator('main a[target=_blank]').click()]);
  await beside.waitForLoadState();
  const link = run(atlas, 'user', 'link', 'eva@mesto.example').match(/\/en\/prihlaseni\/odkaz\/[\w-]+/)[0];
  await beside.goto(atlas.address + link);
  await beside.locator('#formular button[type=submit]').click();
  await beside.waitForURL(/prihlaseni$/);
  await page.locator('#formular button[type=submit]').click();
  await page.waitForLoadState();
  assert.match(await page.locator('main').innerText(), /První řádek/, 'what was typed is still there');
  assert.deepEqual(faults.filter((f) => !/403/.test(f)), []);
  await context.close();
});
