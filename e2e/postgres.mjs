// A throw-away PostgreSQL that talks by a socket in its own folder and is gone
// with the test, however that ends; as in internal/store/storetest.
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Runs the server until its input ends, which is when this process does.
const guard = `"$1" -D "$2/data" -k "$2" -c listen_addresses= -c fsync=off -c full_page_writes=off -c synchronous_commit=off >"$2/log" 2>&1 </dev/null &
server=$!
read -r _
kill -INT $server
wait $server
cd / && rm -rf "$2"`;

/** Starts it and gives the address of its empty database and a way to stop it. */
export async function postgres() {
  const bin = newest();
  const folder = mkdtempSync(join(tmpdir(), 'atlas-pg-'));
  const as = owner();
  if (as) chownSync(folder, as.uid, as.gid);
  const options = { ...as, cwd: folder, env: { ...process.env, LC_ALL: 'C', HOME: folder } };
  execFileSync(join(bin, 'initdb'), ['-D', join(folder, 'data'), '-U', 'atlas', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'], { ...options, stdio: 'pipe' });
  const server = spawn('sh', ['-c', guard, 'atlas-pg', join(bin, 'postgres'), folder], { ...options, detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  await answering(() => execFileSync(join(bin, 'pg_isready'), ['-h', folder, '-U', 'atlas'], { stdio: 'pipe' }));
  return {
    settings: { ATLAS_DATABASE: `postgres://atlas@localhost/postgres?host=${encodeURIComponent(folder)}` },
    async stop() {
      const gone = new Promise((ok) => server.once('exit', ok));
      server.stdin.end();
      await gone;
    },
  };
}

/** The folder of programs of the newest PostgreSQL that is installed. */
function newest() {
  const root = '/usr/lib/postgresql';
  try {
    const version = readdirSync(root).sort((a, b) => b - a)[0];
    return join(root, version, 'bin');
  } catch {
    return execFileSync('pg_config', ['--bindir'], { encoding: 'utf8' }).trim();
  }
}

/** Who may run the server: root may not and hands over to postgres. */
function owner() {
  if (process.getuid() !== 0) return undefined;
  const id = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function answering(ask) {
  for (let i = 0; ; i++) {
    try {
      return ask();
    } catch (problem) {
      if (i === 300) throw problem;
      await new Promise((ok) => setTimeout(ok, 100));
    }
  }
}
