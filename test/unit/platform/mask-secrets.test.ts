import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { homeLayout } from '../../../src/domain/home-layout';
import { maskSecrets } from '../../../src/platform/supervisor/mask-secrets';

const home = mkdtempSync(join(tmpdir(), 'belay-mask-'));
const place = { home, service: 'shop', environment: 'production' };

beforeAll(() => {
  const folder = join(homeLayout(home).secrets, 'shop', 'production');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'SHORT'), 'abc\n');
  writeFileSync(join(folder, 'TOKEN'), 'token-1234567\n');
  writeFileSync(join(folder, 'LONGER'), 'token-1234567-and-more\n');
  writeFileSync(join(folder, 'PEM'), '-----BEGIN-----\nline-of-a-key\n-----END-----\n');
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

test('a value is masked wherever it stands in a line, the longer one as a whole', () => {
  const lines = ['env: TOKEN=token-1234567 twice token-1234567', 'x token-1234567-and-more y'];
  expect(maskSecrets(place, lines)).toEqual(['env: TOKEN=*** twice ***', 'x *** y']);
});

test('a line of a value that has several is masked too', () => {
  expect(maskSecrets(place, ['read line-of-a-key here'])).toEqual(['read *** here']);
});

test('what is too short to be a secret stays readable, and so does everything without secrets', () => {
  expect(maskSecrets(place, ['abc abc'])).toEqual(['abc abc']);
  expect(maskSecrets({ ...place, service: 'other' }, ['token-1234567'])).toEqual(['token-1234567']);
});
