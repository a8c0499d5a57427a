import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const lastLines = 12;

/** What the logs of platform, worker and Temporal said last, as lines of text. */
export async function lastWords(home) {
  const folder = join(home, 'logs');
  const names = await readdir(folder).catch(() => []);
  const parts = await Promise.all(names.map((name) => tail(join(folder, name))));
  return parts.flat();
}

async function tail(file) {
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = text.trimEnd().split('\n').filter(Boolean).slice(-lastLines);
  return lines.length === 0 ? [] : ['', `${file}:`, ...lines.map((line) => `  ${line}`)];
}
