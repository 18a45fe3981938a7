// npm run build: writes the folder that the program embeds.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { outputs } from './output.mjs';

const dist = new URL('../../internal/web/static/dist/', import.meta.url);
const files = await outputs();
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
for (const name of Object.keys(files).sort()) {
  writeFileSync(new URL(name, dist), files[name]);
  console.log(`${String(files[name].length).padStart(7)} B ${String(gzipSync(files[name]).length).padStart(6)} B gzip  ${name}`);
}
