// What somebody types and does not send survives a closed browser: kept by the
// script while typing, or by its button where there is none.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, signIn, start } from './lib.mjs';

let atlas, browser;
before(async () => {
  atlas = await start('serve');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await atlas?.stop();
});

for (const [lang, javaScriptEnabled] of [['cs', true], ['en', true], ['en', false]]) {
  test(`a form is gone on with in another browser: ${lang}, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const face = atlas.address + (lang === 'en' ? '/en' : '');
    const title = `Klub sousedů ${lang} ${javaScriptEnabled}`;
    const lost = await launch();
    const typing = await open(lost, atlas.address, { javaScriptEnabled });
    await signIn(typing.page, atlas, `jana.${lang}.${javaScriptEnabled}@spolek.example`);
    const storageState = await typing.context.storageState();
    await typing.page.goto(`${face}/projekty/novy`);
    await typing.page.locator('[name=title_cs]').fill(title);
    await typing.page.locator('[name=annotation]').fill('První řádek\nDruhý');
    await typing.page.locator('[name=target_legal][value="TG-ALL"]').check();
    if (javaScriptEnabled) await typing.page.locator('[data-kept]').filter({ hasText: /\d/ }).waitFor();
    else await typing.page.locator('button[formaction$="/rozepsane"]').click();
    assert.deepEqual(typing.faults, []);
    await lost.close(); // as when the machine is switched off

    const { context, page, faults } = await open(browser, atlas.address, { javaScriptEnabled, storageState });
    await page.goto(`${face}/prispevky`);
    await page.locator('#rozepsane a', { hasText: title }).click();
    assert.equal(await page.locator('[name=title_cs]').inputValue(), title);
    assert.equal((await page.locator('[name=annotation]').inputValue()).replaceAll('\r', ''), 'První řádek\nDruhý');
    assert.ok(await page.locator('[name=target_legal][value="TG-ALL"]').isChecked());
    await page.goto(`${face}/projekty/novy`); // the empty form says that there is something
    await page.locator('a[href*="rozepsane"]').first().click();
    assert.equal(await page.locator('[name=title_cs]').inputValue(), title);
    assert.deepEqual(faults, []);
    await context.close();
  });
}
