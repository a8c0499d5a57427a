import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CODES } from '../../../src/domain/errors';

const SRC = join(__dirname, '..', '..', '..', 'src');

function sources(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? sources(path) : [path];
  });
}

test('every code of the table is raised somewhere', () => {
  const elsewhere = sources(SRC)
    .filter((path) => !path.endsWith(join('domain', 'errors.ts')))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
  const dead = Object.keys(ERROR_CODES).filter((code) => !elsewhere.includes(`'${code}'`));
  expect(dead).toEqual([]);
});
