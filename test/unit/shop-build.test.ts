import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildShop } from './shop-process';

const outs: string[] = [];
const build = (umask?: number): ReturnType<typeof buildShop> => {
  const built = buildShop(umask);
  outs.push(built.out);
  return built;
};

afterAll(() => outs.forEach((out) => rmSync(out, { recursive: true, force: true })));

test('building twice gives the same bytes and modes, whatever the umask', () => {
  const once = build(0o022).folders.map(manifest);
  const twice = build(0o077).folders.map(manifest);
  expect(twice).toEqual(once);
  expect(once[0]).toContainEqual(expect.stringMatching(/^644 server\.js [0-9a-f]{64}$/));
});

test('the four revisions are four different artifacts', () => {
  const digests = build().folders.map((folder) => manifest(folder).join('\n'));
  expect(new Set(digests).size).toBe(4);
});

test('building over an older build leaves no stranger behind', () => {
  const { out, folders } = build();
  const before = folders.map(manifest);
  writeFileSync(join(folders[0]!, 'left-over.js'), '');
  buildShop(0o022, out);
  expect(folders.map(manifest)).toEqual(before);
});

test('a folder that is no revision of the shop is never replaced', () => {
  const { out, folders } = build();
  const mine = folders[1]!;
  rmSync(mine, { recursive: true });
  mkdirSync(mine);
  writeFileSync(join(mine, 'thesis.txt'), 'years of work');
  expect(() => buildShop(0o022, out)).toThrow(/something else than a revision of the shop/);
  expect(readFileSync(join(mine, 'thesis.txt'), 'utf8')).toBe('years of work');
});

function manifest(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const path = join(folder, name);
      const digest = createHash('sha256').update(readFileSync(path)).digest('hex');
      return `${(statSync(path).mode & 0o777).toString(8)} ${name} ${digest}`;
    })
    .concat((statSync(folder).mode & 0o777).toString(8));
}
