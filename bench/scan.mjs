import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStopSignal } from '../tools/demo/stop-signal.mjs';
import { seededRandom } from './rollback/seeded-random.mjs';
import { makeExamples } from './scan/examples.mjs';
import { goalsOf, isAlarm, missedRules, shareOf } from './scan/figures.mjs';
import { resolveGitleaks, scanWithGitleaks } from './scan/gitleaks.mjs';
import { runMeasured } from './scan/measured-process.mjs';
import { copyPackages } from './scan/packages.mjs';
import { choosePlants, foundPlants } from './scan/plants.mjs';
import { writeTree } from './scan/tree.mjs';

export const numbers = ['files', 'seed'];

const scanFolder = fileURLToPath(new URL('scan/scan-folder.mjs', import.meta.url));
const allScanners = ['vulnerabilities', 'secrets', 'dependencies', 'compliance', 'container'];
/** More than one report holds would be cut. */
const plantsOfEachRule = 3;
const leastPackages = 20;

/**
 * All five scanners over a generated tree, in a process of their own: how long, how much memory, and how many of the
 * secrets that gitleaks' own rules are tried on are found; then the one for secrets over real packages, where whatever
 * it finds is a false alarm. gitleaks looks at the same.
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
  const own = await scanWithBelay(bench, folder, allScanners);
  const found = foundPlants(planted, own.findings);
  const other = await scanWith(gitleaks, bench, folder);
  const otherFound = other === null ? [] : foundPlants(planted, other.findings);
  return {
    figures: {
      files,
      megabytes: megabytes(bytes),
      plants: planted.length,
      seconds: own.seconds,
      processorSeconds: own.processorSeconds,
      peakMb: own.peakMb,
      recall: shareOf(found),
      gitleaksRecall: other === null ? null : shareOf(otherFound),
      gitleaksSeconds: other?.seconds ?? null,
    },
    remarks: [
      'seconds and peakMb are those of the inventory and all five scanners, in a process of their own',
      `scanners: ${own.statuses}`,
      missed('not found', missedRules(planted, found)),
      missed('not found by gitleaks', missedRules(planted, otherFound)),
    ],
  };
}

async function measurePackages(bench) {
  const folder = join(bench.folder, 'packages');
  const names = await copyPackages(folder);
  bench.log(`${names.length} published packages`);
  const { findings } = await scanWithBelay(bench, folder, ['secrets']);
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

/** The scanners in a process of their own: what the one for secrets found, and what the whole took. */
async function scanWithBelay({ folder, signal, log }, tree, scanners) {
  const answer = await runMeasured(
    [process.execPath, scanFolder, tree, join(folder, 'home'), ...scanners],
    { env: { PATH: process.env.PATH, HOME: folder }, signal },
  );
  signal.throwIfAborted();
  if (answer.code !== 0) throw new Error(`the scan ended badly: ${answer.stderr.slice(-500)}`);
  const { reports, processorSeconds } = JSON.parse(answer.stdout);
  const { findings } = reports.find(({ scanner }) => scanner === 'secrets');
  log(`Belay took ${answer.seconds.toFixed(1)} s and found ${findings.length} secrets`);
  return {
    seconds: rounded(answer.seconds),
    processorSeconds: rounded(processorSeconds),
    peakMb: answer.peakMb === null ? null : Math.ceil(answer.peakMb),
    statuses: reports.map(({ scanner, status }) => `${scanner} ${status}`).join(', '),
    findings: findings.map(({ severity, location: { path, line } }) => ({
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
  return { findings, seconds: rounded(seconds) };
}

function rounded(seconds) {
  return Math.round(seconds * 10) / 10;
}

function missed(what, rules) {
  return `${what}: ${rules.length === 0 ? 'none' : `${rules.length} rules (${rules.slice(0, 12).join(', ')})`}`;
}

function megabytes(bytes) {
  return Math.round(bytes / 1_000_000);
}
