import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStopSignal } from '../tools/demo/stop-signal.mjs';
import { root } from '../tools/set-up/tool.mjs';
import { seededRandom } from './rollback/seeded-random.mjs';
import { makeExamples } from './scan/examples.mjs';
import { goalsOf, isAlarm, missedRules, shareOf } from './scan/figures.mjs';
import { resolveGitleaks, scanWithGitleaks } from './scan/gitleaks.mjs';
import { runMeasured } from './scan/measured-process.mjs';
import { copyPackages } from './scan/packages.mjs';
import { choosePlants, foundPlants } from './scan/plants.mjs';
import { writeTree } from './scan/tree.mjs';

export const numbers = ['files', 'seed'];

const cli = join(root, 'dist/cli/main.js');
/** More than one report holds would be cut. */
const plantsOfEachRule = 3;
const leastPackages = 20;

/**
 * `belay verify` over a generated tree in a process of its own: how long, how much memory, and how many of the secrets
 * that gitleaks' own rules are tried on it finds; then over real packages, where whatever it finds is a false alarm.
 * gitleaks looks at the same.
 */
export async function run({ files = 10_000, seed = 1, log, signal: given }) {
  const { signal } = openStopSignal(given);
  const folder = await mkdtemp(join(tmpdir(), 'belay-bench-scan-'));
  const bench = { folder, log, signal, gitleaks: await resolveGitleaks({ log, signal }) };
  try {
    const tree = await measureTree(bench, { files, seed });
    const packages = await measurePackages(bench);
    const figures = { ...tree.figures, ...packages.figures };
    return { figures, goals: goalsOf(figures), remarks: [...tree.remarks, ...packages.remarks] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureTree(bench, { files, seed }) {
  const { gitleaks, log, signal } = bench;
  if (!gitleaks.ok) log(`${gitleaks.why}: nothing is planted, and nothing is compared`);
  const examples = gitleaks.ok ? await makeExamples({ ...gitleaks, signal }) : [];
  const random = seededRandom(seed);
  const plants = choosePlants(examples, { ofEach: plantsOfEachRule, random });
  const folder = join(bench.folder, 'tree');
  const { bytes, planted } = await writeTree({ folder, files, seed, plants });
  log(
    `${files} files of ${megabytes(bytes)} MB, ${planted.length} secrets of ${examples.length} examples`,
  );
  const own = await scanWithBelay(bench, folder);
  const found = foundPlants(planted, own.findings);
  const other = await scanWith(gitleaks, bench, folder);
  const otherFound = other === null ? [] : foundPlants(planted, other.findings);
  return {
    figures: {
      files,
      megabytes: megabytes(bytes),
      plants: planted.length,
      seconds: own.seconds,
      peakMb: own.peakMb,
      recall: shareOf(found),
      gitleaksRecall: other === null ? null : shareOf(otherFound),
      gitleaksSeconds: other?.seconds ?? null,
    },
    remarks: [
      'seconds and peakMb are those of `belay verify`: all five scanners, and inventory, validators and gates',
      `scanners: ${own.coverage}`,
      missed('not found', missedRules(planted, found)),
      missed('not found by gitleaks', missedRules(planted, otherFound)),
    ],
  };
}

async function measurePackages(bench) {
  const folder = join(bench.folder, 'packages');
  const names = await copyPackages(folder);
  bench.log(`${names.length} published packages`);
  const { findings } = await scanWithBelay(bench, folder);
  const other = await scanWith(bench.gitleaks, bench, folder);
  const isEnough = names.length >= leastPackages;
  return {
    figures: {
      packages: names.length,
      falseAlarms: isEnough ? findings.filter(isAlarm).length : null,
      falseHints: isEnough ? findings.filter((one) => !isAlarm(one)).length : null,
      gitleaksFalseAlarms: isEnough && other !== null ? other.findings.length : null,
    },
    remarks: ['falseAlarms are findings that a gate counts, falseHints those of low severity'],
  };
}

/** What the secrets scanner found, and how the whole took. */
async function scanWithBelay({ folder, signal, log }, tree) {
  const advisories = join(folder, 'advisories.json');
  await writeFile(advisories, '[]');
  const answer = await runMeasured(
    [
      process.execPath,
      cli,
      'verify',
      tree,
      '--no-config',
      '--advisories',
      advisories,
      '--output',
      'json',
    ],
    { env: { PATH: process.env.PATH, HOME: folder, BELAY_HOME: join(folder, 'home') }, signal },
  );
  signal.throwIfAborted();
  if (![0, 5].includes(answer.code)) throw new Error(`belay verify: ${answer.stderr.slice(-500)}`);
  const { findings, coverage } = JSON.parse(answer.stdout);
  const secrets = findings.filter(({ scanner }) => scanner === 'secrets');
  log(`belay verify took ${answer.seconds.toFixed(1)} s and found ${secrets.length} secrets`);
  return {
    seconds: Math.round(answer.seconds * 10) / 10,
    peakMb: answer.peakMb === null ? null : Math.ceil(answer.peakMb),
    coverage: coverage.map(({ scanner, status }) => `${scanner} ${status}`).join(', '),
    findings: secrets.map(({ severity, location: { path, line } }) => ({
      ...{ severity, path },
      ...{ from: line, to: line },
    })),
  };
}

async function scanWith(gitleaks, { folder, signal, log }, tree) {
  if (!gitleaks.ok) return null;
  const report = join(folder, 'gitleaks.json');
  const { findings, seconds } = await scanWithGitleaks({
    ...{ path: gitleaks.path, folder: tree },
    ...{ report, signal },
  });
  log(`gitleaks took ${seconds.toFixed(1)} s and found ${findings.length} secrets`);
  return { findings, seconds: Math.round(seconds * 10) / 10 };
}

function missed(what, rules) {
  return `${what}: ${rules.length === 0 ? 'none' : `${rules.length} rules (${rules.slice(0, 12).join(', ')})`}`;
}

function megabytes(bytes) {
  return Math.round(bytes / 1_000_000);
}
