// Tokens: values of the design system and our own, as one block of custom
// properties with only what the style sheets use.
//
// The design system says each theme twice (by attribute and by preference) and
// sizes three times (by width), a third of it never needed here. We read the
// values by meaning and write them once: light, dark where the machine prefers
// it, and dark or light where a person chose. Paper is always light. Our css/theme.css is written in
// the form of the design system and read the same way.

const block = /(?:@media\s*([^{]+)\{\s*)?([^{}@]+)\{([^{}]*)\}/g;

/** Reads declarations of custom properties into {base, light, dark}. */
export function readTokens(css) {
  const tokens = { base: new Map(), light: new Map(), dark: new Map() };
  for (const [, media, selector, body] of css.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(block)) {
    const kind = kindOf(media, selector.trim());
    if (!kind) continue;
    for (const line of body.split(';')) {
      const at = line.indexOf(':');
      if (at > 0) tokens[kind].set(line.slice(0, at).trim(), line.slice(at + 1).trim());
    }
  }
  return tokens;
}

function kindOf(media, selector) {
  const theme = /^:root\[data-theme="?(light|dark)"?\]$/.exec(selector);
  if (theme) return theme[1];
  // Of the sizes by width, the widest one: small screens differ by headings only,
  // and ours grow smoothly.
  const widest = !media || media.includes('min-width: 64em');
  return selector === ':root' && widest ? 'base' : '';
}

/** Adds the second set of tokens to the first; a name said in both is a mistake. */
export function join(a, b) {
  for (const kind of ['base', 'light', 'dark']) {
    for (const [name, value] of b[kind]) {
      if (a[kind].has(name)) throw new Error(`token ${name} is already in the design system`);
      a[kind].set(name, value);
    }
  }
  return a;
}

const references = (text) => [...text.matchAll(/var\(\s*(--[\w-]+)/g)].map((m) => m[1]);

/** The used tokens as CSS. A name that is defined nowhere stops the build. */
export function writeTokens(tokens, styles) {
  const kinds = Object.values(tokens);
  const local = new Set([...styles.matchAll(/(--[\w-]+)\s*:/g)].map((m) => m[1]));
  const used = new Set();
  const follow = (name) => {
    if (used.has(name)) return;
    const values = kinds.map((k) => k.get(name)).filter((v) => v !== undefined);
    if (!values.length && local.has(name)) return;
    if (!values.length) throw new Error(`token ${name} is defined nowhere`);
    used.add(name);
    values.flatMap(references).forEach(follow);
  };
  references(styles).forEach(follow);
  const lines = (map) => [...used].filter((n) => map.has(n)).sort().map((n) => `${n}:${map.get(n)}`).join(';');
  const { base, light, dark } = tokens;
  return `:root{color-scheme:light;${lines(base)};${lines(light)}}
@media screen and (prefers-color-scheme:dark){:root:not([data-theme]){color-scheme:dark;${lines(dark)}}}
@media screen{:root[data-theme=dark]{color-scheme:dark;${lines(dark)}}}`;
}

/** Value of a token in a theme, followed to a colour: [red, green, blue]. */
export function colour(tokens, theme, name) {
  const value = tokens[theme].get(name) ?? tokens.base.get(name);
  if (value === undefined) throw new Error(`token ${name} is defined nowhere`);
  const [next] = references(value);
  if (next) return colour(tokens, theme, next);
  const numbers = /^rgb\((\d+),? (\d+),? (\d+)\)$/.exec(value);
  if (!numbers) throw new Error(`token ${name} is no colour: ${value}`);
  return numbers.slice(1).map(Number);
}
