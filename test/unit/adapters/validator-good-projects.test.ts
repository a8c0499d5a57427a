import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createAssetValidator } from '../../../src/adapters/validators/assets/asset-validator';
import { createConfigurationValidator } from '../../../src/adapters/validators/configuration/configuration-validator';
import { createDependencyValidator } from '../../../src/adapters/validators/dependencies/dependency-validator';
import { createSyntaxValidator } from '../../../src/adapters/validators/syntax/syntax-validator';
import { FACTS } from '../../support/check-tools';
import { linesOf, reportOn } from './validator-subject';

const HOME = resolve(__dirname, '../../..');
const VALIDATORS = [
  createSyntaxValidator(),
  createDependencyValidator(),
  createConfigurationValidator(),
  createAssetValidator(),
];

describe('every validator passes a good project', () => {
  it.each(VALIDATORS)('$name: the shop as it is built', async (validator) => {
    const folder = await mkdtemp(join(tmpdir(), 'belay-good-'));
    try {
      execFileSync(process.execPath, [join(HOME, 'examples/shop/build.mjs'), folder]);
      const facts = { ...FACTS, command: ['node', 'server.js'] };
      const report = await reportOn(validator, join(folder, '1'), { facts });
      expect(linesOf(report)).toEqual([]);
      expect(report).toMatchObject({ passed: true, severity: null });
      expect(report.covered).toBe(report.total);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it.each(VALIDATORS)(
    '$name: our own sources',
    async (validator) => {
      const report = await reportOn(validator, join(HOME, 'src'));
      const blocking = report.problems.filter(({ severity }) => /critical|high/.test(severity));
      expect(blocking).toEqual([]);
      expect(report.covered).toBe(report.total);
    },
    120_000,
  );

  it.each(['semver', 'undici', 'zod', 'yaml', 'commander', 'fast-xml-parser', 'tar-stream'])(
    'syntax: the published package %s',
    async (name) => {
      const report = await reportOn(createSyntaxValidator(), join(HOME, 'node_modules', name));
      expect(linesOf(report)).toEqual([]);
      expect(report.total).toBeGreaterThan(3);
      expect(report.covered).toBe(report.total);
    },
    60_000,
  );
});
