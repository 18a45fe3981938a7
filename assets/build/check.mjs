// npm run check: the committed folder must be, byte for byte, what the sources
// give. Names every file that is stale, missing or left over.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { outputs } from './output.mjs';

const dist = new URL('../../internal/web/static/dist/', import.meta.url);
const files = await outputs();
const problems = [];
for (const [name, bytes] of Object.entries(files)) {
  const file = new URL(name, dist);
  if (!existsSync(file)) problems.push(`${name}: missing`);
  else if (!readFileSync(file).equals(bytes)) problems.push(`${name}: stale`);
}
for (const name of existsSync(dist) ? readdirSync(dist) : []) {
  if (!(name in files)) problems.push(`${name}: left over`);
}
if (problems.length) {
  console.error(`internal/web/static/dist is not what assets/ gives; run "make assets":\n  ${problems.join('\n  ')}`);
  process.exit(1);
}
console.log(`${Object.keys(files).length} files are up to date`);
