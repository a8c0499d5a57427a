// Draws the top of a page that `belay report --html` wrote as a picture, in a headless Chromium, and fails where the browser
// complains about anything in it: node tools/report-picture.mjs PAGE.html PICTURE.png
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runCommand } from './run-command.mjs';

const browsers = ['chromium', 'chromium-browser', 'google-chrome'];
const size = { width: 1180, height: 1750 };
const withinMs = 120_000;

const [page, picture] = process.argv.slice(2);
if (page === undefined || picture === undefined) {
  process.stderr.write('usage: node tools/report-picture.mjs PAGE.html PICTURE.png\n');
  process.exit(2);
}
const profile = await mkdtemp(join(tmpdir(), 'belay-picture-'));
try {
  const words = await draw(resolve(page), resolve(picture));
  if (words.length > 0) throw new Error(`the browser complains: ${words.join(' · ')}`);
  process.stdout.write(`${resolve(picture)}: ${(await stat(picture)).size} bytes\n`);
} catch (error) {
  process.stderr.write(`report-picture: ${error.message}\n`);
  process.exitCode = 1;
} finally {
  await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/** Answers what the browser wrote on its console. */
async function draw(from, to) {
  await stat(from);
  for (const browser of browsers) {
    const answer = await runCommand([browser, ...optionsFor(to), pathToFileURL(from).href], {
      timeoutMs: withinMs,
    });
    if (answer.error?.code === 'ENOENT') continue;
    if (answer.code !== 0) throw new Error(`${browser} failed: ${answer.stderr.slice(-500)}`);
    return answer.stderr.split('\n').filter((line) => line.includes(':CONSOLE'));
  }
  throw new Error(`none of ${browsers.join(', ')} is there: apt-get install chromium`);
}

function optionsFor(to) {
  return [
    ...['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars'],
    ...['--enable-logging=stderr', `--user-data-dir=${profile}`],
    `--window-size=${size.width},${size.height}`,
    `--screenshot=${to}`,
  ];
}
