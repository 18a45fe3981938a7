// Pairs of colours that touch on a page, with the least contrast they may have:
// 4.5 for text, 3 for borders, signs and steps of a scale (WCAG 2.2, 1.4.3 and
// 1.4.11). A pair below stops the build.
import { colour } from './tokens.mjs';

const text = 4.5, sign = 3;
const grounds = ['--ground', '--ground-soft', '--ground-block'];
const pairs = [
  ...grounds.flatMap((g) => [
    ['--ink', g, text], ['--ink-soft', g, text], ['--link', g, text], ['--link-hover', g, text], ['--visited', g, text],
    ['--wrong', g, text], ['--right', g, text], ['--field-line', g, sign], ['--focus', g, sign], ['--accent', g, sign],
    ['--wrong-line', g, sign],
  ]),
  ['--ink', '--accent-soft', text], ['--link', '--accent-soft', text], ['--ink-soft', '--accent-soft', text],
  ['--on-fill', '--fill', text], ['--on-fill', '--fill-hover', text],
  ['--on-fill', '--fill-neutral', text], ['--on-fill', '--fill-neutral-hover', text],
  ['--on-fill', '--fill-error', text], ['--on-fill', '--fill-error-hover', text],
  ['--ink', '--wrong-soft', text], ['--wrong', '--wrong-soft', text], ['--link', '--wrong-soft', text],
  ['--ink', '--right-soft', text], ['--link', '--right-soft', text],
  ['--ink', '--warm-soft', text], ['--link', '--warm-soft', text], ['--ink-soft', '--warm-soft', text],
  ['--on-mark', '--mark', text],
  ['--map-line', '--map-0', sign], ['--map-point', '--ground-block', sign],
  ['--map-number', '--map-halo', text],
  ...[1, 2, 3, 4, 5, 6, 7, 8].flatMap((n) => [
    [`--part-${n}`, n % 2 ? '--on-odd' : '--on-even', text],
  ]),
  ...[1, 3, 5, 7].map((n) => [`--part-${n}`, '--ground-block', sign]), // lines
  ['--more-3', '--warm-soft', sign], ['--wrong-line', '--wrong-soft', sign], // patterns of maps
];

/** Contrast of two colours, 1 to 21. */
export function contrast(a, b) {
  const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
  return (x + 0.05) / (y + 0.05);
}

function luminance(rgb) {
  const [r, g, b] = rgb.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** All pairs in both themes: [theme, one, other, contrast, least]. */
export function contrasts(tokens) {
  return ['light', 'dark'].flatMap((theme) => pairs.map(([a, b, least]) =>
    [theme, a, b, contrast(colour(tokens, theme, a), colour(tokens, theme, b)), least]));
}

/** Stops the build when colours cannot be told apart. */
export function checkContrast(tokens) {
  const low = contrasts(tokens).filter(([, , , have, least]) => have < least)
    .map(([theme, a, b, have, least]) => `${theme}: ${a} on ${b} has ${have.toFixed(2)}, needs ${least}`);
  for (const theme of ['light', 'dark']) {
    for (let n = 1; n <= 5; n++) {
      const [a, b] = [n - 1, n].map((i) => colour(tokens, theme, `--map-${i}`));
      if (contrast(a, b) < 1.2) low.push(`${theme}: steps ${n - 1} and ${n} of the map are too near: ${contrast(a, b).toFixed(2)}`);
    }
    const none = contrast(colour(tokens, theme, '--line-soft'), colour(tokens, theme, '--less-1'));
    if (none < 1.15) low.push(`${theme}: no number and the first step of a map are too near: ${none.toFixed(2)}`);
    for (const side of ['less', 'more']) {
      for (let n = 1; n <= 3; n++) {
        const [a, b] = [n > 1 ? `--${side}-${n - 1}` : '--map-0', `--${side}-${n}`].map((name) => colour(tokens, theme, name));
        if (contrast(a, b) < 1.2) low.push(`${theme}: steps ${n - 1} and ${n} of ${side} are too near: ${contrast(a, b).toFixed(2)}`);
      }
    }
  }
  if (low.length) throw new Error('colours:\n  ' + low.join('\n  '));
}
