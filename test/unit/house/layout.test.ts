import { readFileSync, readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

const root = join(__dirname, '../../..');
const layersWithIndex = ['activities', 'client', 'workflows'];

describe('the house', () => {
  const files = sourceFiles('src');

  it('names files in kebab-case for the one thing they hold', () => {
    expect(
      files.filter((file) => !/^[a-z0-9]+(-[a-z0-9]+)*([.]d)?[.]ts$/.test(basename(file))),
    ).toEqual([]);
  });

  it('has no drawer for everything', () => {
    expect(
      files.filter((file) => /^(utils?|helpers?|common|misc)[.]ts$/.test(basename(file))),
    ).toEqual([]);
  });

  it('has an index only where a layer has an entry', () => {
    const allowed = layersWithIndex.map((layer) => `src/${layer}/index.ts`);
    const indexes = files.filter((file) => basename(file) === 'index.ts');
    expect(indexes.filter((file) => !allowed.includes(file))).toEqual([]);
  });

  it('keeps half of its files within 80 lines, and each within 400', () => {
    const lines = files
      .map((file) => readFileSync(join(root, file), 'utf8').split('\n').length)
      .sort((a, b) => a - b);
    expect(lines[Math.floor(lines.length / 2)]).toBeLessThanOrEqual(80);
    expect(lines.at(-1)).toBeLessThanOrEqual(400);
  });
});

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}
