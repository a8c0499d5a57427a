import { incompleteBecause } from '../../../domain/checks/completeness';
import type { Finding } from '../../../domain/checks/finding';
import type { ScanReport } from '../../../domain/checks/scan-report';
import { countSeverities } from '../../../domain/checks/severity';
import { formatCount } from '../../../domain/format/count';
import { mark, paint, plain, type Style, type Tone } from '../style';
import { coveragePercent } from './coverage-percent';
import { scanEnd } from './scan-end';
import { countWords } from './severity-words';

const MOST_SKIPPED = 3;
const BAR = 10;

/** One line for each scanner: what it looked at, how it ended, what it found. Then what it could not look at. */
export function scanLines(
  scans: readonly ScanReport[],
  findings: readonly Finding[],
  style: Style,
): readonly string[] {
  const active = findings.filter(({ state }) => state === 'active');
  return [
    paint('Scanners', 'bold', style),
    ...scans.flatMap((scan, index) => [
      scanLine(scan, { active, previous: scans[index - 1] ?? null }, style),
      ...holeLines(scan, style),
    ]),
  ];
}

interface Surroundings {
  readonly active: readonly Finding[];
  readonly previous: ScanReport | null;
}

/** A second tool of the same scanner has its own line and its own name; what both found is told once. */
function scanLine(scan: ScanReport, { active, previous }: Surroundings, style: Style): string {
  const { scanner, status, covered, total, cached } = scan;
  const isSecond = previous?.scanner === scanner;
  const looked =
    status === 'not-applicable' ? '' : `${formatCount(covered)} of ${formatCount(total)}`;
  const found = isSecond ? '' : foundWords(scan, active);
  return [
    `  ${scanMark(scan, style)} ${(isSecond ? `+ ${plain(scan.tool.name)}` : scanner).padEnd(15)}`,
    coverageBar(scan, style),
    looked.padStart(18),
    paint(status.padEnd(14), scanTone(scan), style),
    `${found}${cached ? ' (cached)' : ''}`,
  ]
    .join('  ')
    .trimEnd();
}

/** "none" is said only by a scan that looked at everything. */
function foundWords(scan: ScanReport, active: readonly Finding[]): string {
  const own = active.filter(({ scanner }) => scanner === scan.scanner);
  if (own.length === 0 && scanEnd(scan) !== 'complete') return '';
  return countWords(countSeverities(own.map(({ severity }) => severity)));
}

/** `████████░░  80 %`. */
function coverageBar(scan: ScanReport, style: Style): string {
  const percent = scan.status === 'not-applicable' ? null : coveragePercent(scan);
  if (percent === null) return ' '.repeat(BAR + 6);
  const full = Math.floor((percent * BAR) / 100);
  const [done, open] = style.unicode ? ['█', '░'] : ['#', '.'];
  return `${done.repeat(full)}${open.repeat(BAR - full)} ${String(percent).padStart(3)} %`;
}

function holeLines(scan: ScanReport, style: Style): readonly string[] {
  const { reason, skipped } = scan;
  const because = incompleteBecause(scan) ?? reason;
  const holes = skipped.filter(({ allowed }) => !allowed);
  const rest = holes.length - MOST_SKIPPED;
  const lines = [
    ...(because === null ? [] : [plain(because)]),
    ...holes
      .slice(0, MOST_SKIPPED)
      .map((hole) => `not looked at: ${plain(hole.target)} (${plain(hole.reason)})`),
    ...(rest > 0 ? [`and ${formatCount(rest)} more: --output json`] : []),
  ];
  const tone = scanEnd(scan) === 'incomplete' ? 'bad' : 'dim';
  return lines.map((line) => `      ${paint(line, tone, style)}`);
}

function scanMark(scan: ScanReport, style: Style): string {
  switch (scanEnd(scan)) {
    case 'complete':
      return mark('done', style);
    case 'not-applicable':
      return mark('to do', style);
    case 'incomplete':
      return mark('failed', style);
  }
}

function scanTone(scan: ScanReport): Tone {
  switch (scanEnd(scan)) {
    case 'complete':
      return 'good';
    case 'not-applicable':
      return 'dim';
    case 'incomplete':
      return 'bad';
  }
}
