#!/usr/bin/env node
/**
 * `node test/run.mjs unit|integration [OUT]` runs the shop's tests with Node's own runner and leaves what Belay reads in
 * OUT (default: reports/ beside this folder): `unit.xml` and `integration.xml` (JUnit), `coverage.lcov` (lines of src/).
 */
import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const SUFFIXES = { unit: '.test.js', integration: '.integration.js' };

const [suite = 'unit', out = join(HERE, '..', 'reports')] = process.argv.slice(2);
const suffix = SUFFIXES[suite];
if (suffix === undefined) throw new Error(`${suite} is no suite: unit or integration`);
process.exitCode = await run(resolve(out));

async function run(folder) {
  await mkdir(folder, { recursive: true });
  const files = (await readdir(HERE)).filter((name) => name.endsWith(suffix));
  const coverage = join(folder, 'coverage.lcov');
  const code = await node([
    '--test',
    ...reporter('junit', join(folder, `${suite}.xml`)),
    ...(suite === 'unit' ? ['--experimental-test-coverage', ...reporter('lcov', coverage)] : []),
    ...files.map((name) => join(HERE, name)),
  ]);
  if (suite === 'unit') await keepSources(coverage);
  return code;
}

function reporter(name, destination) {
  return [`--test-reporter=${name}`, `--test-reporter-destination=${destination}`];
}

/** Node 20 counts the tests themselves, too: their lines say nothing about the shop. */
async function keepSources(coverage) {
  const records = (await readFile(coverage, 'utf8')).split('end_of_record\n');
  const ofSources = records.filter((record) => /^SF:.*\bsrc[/\\][^/\\]+$/m.test(record));
  await rm(coverage);
  await writeFile(coverage, ofSources.map((record) => `${record}end_of_record\n`).join(''));
}

function node(args) {
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  return new Promise((done) => child.on('exit', (code) => done(code ?? 1)));
}
