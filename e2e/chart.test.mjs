// Charts with a script: what is pointed at is told, arrows go from mark to mark.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, start } from './lib.mjs';

let program, browser;
before(async () => {
  program = await start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

test('the number of a mark is told on pointing, touching and with the keyboard', async () => {
  for (const [path, options] of [['/projekty?zobrazeni=roky', {}], ['/en/projekty?zobrazeni=mapa', { viewport: { width: 360, height: 800 }, hasTouch: true }]]) {
    const { page, faults } = await open(browser, program.address, options);
    await page.goto(program.address + path);
    const figure = page.locator('.chart-figure').first();
    const marks = figure.locator('svg.chart [aria-label]');
    const line = figure.locator('.chart-readout');
    const first = await marks.nth(0).getAttribute('aria-label');
    assert.notEqual(await line.textContent(), first);
    await marks.nth(1).dispatchEvent('pointerover'); // its middle may lie under another
    assert.equal(await line.textContent(), await marks.nth(1).getAttribute('aria-label'));

    assert.equal(await figure.locator('svg.chart [tabindex="0"]').count(), 1, 'a chart is one stop on the way of Tab');
    await figure.locator('svg.chart [tabindex="0"]').focus();
    const before = await line.textContent();
    await page.keyboard.press('ArrowRight');
    assert.notEqual(await line.textContent(), before, 'an arrow goes on');
    await page.keyboard.press('End');
    assert.equal(await line.textContent(), await marks.last().getAttribute('aria-label'));
    await page.keyboard.press('Home');
    assert.equal(await line.textContent(), first);
    assert.deepEqual(faults, []);
    await page.context().close();
  }
});
