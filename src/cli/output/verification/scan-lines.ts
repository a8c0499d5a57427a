import type { Finding } from '../../../domain/checks/finding';
import type { ScanReport, ScanStatus } from '../../../domain/checks/scan-report';
import { countSeverities } from '../../../domain/checks/severity';
import { formatCount } from '../../../domain/format/count';
import { mark, paint, plain, type Style, type Tone } from '../style';
import { coveragePercent } from './coverage-percent';
import { countWords } from './severity-words';

const MOST_SKIPPED = 3;
const BAR = 10;

/** One line for each scanner: what it looked at, how it ended, what it found. Then what it could not look at. */
export function scanLines(
  scans: readonly ScanReport[],
  findings: readonly Finding[],
  style: Style,
): readonly string[] {
  return [
    paint('Scanners', 'bold', style),
    ...scans.flatMap((scan) => [
      scanLine(
        scan,
        findings.filter(({ scanner }) => scanner === scan.scanner),
        style,
      ),
      ...holeLines(scan, style),
    ]),
  ];
}

function scanLine(scan: ScanReport, findings: readonly Finding[], style: Style): string {
  const { scanner, status, covered, total, cached } = scan;
  const active = findings.filter(({ state }) => state === 'active');
  const looked =
    status === 'not-applicable' ? '' : `${formatCount(covered)} of ${formatCount(total)}`;
  return [
    `  ${statusMark(status, style)} ${scanner.padEnd(15)}`,
    coverageBar(scan, style),
    looked.padStart(18),
    paint(status.padEnd(14), statusTone(status), style),
    `${foundWords(scan, active)}${cached ? ' (cached)' : ''}`,
  ]
    .join('  ')
    .trimEnd();
}

/** "none" is said only by a scan that looked at everything. */
function foundWords({ status }: ScanReport, active: readonly Finding[]): string {
  if (active.length === 0 && status !== 'completed') return '';
  return countWords(countSeverities(active.map(({ severity }) => severity)));
}

/** `████████░░  80 %`. */
function coverageBar(scan: ScanReport, style: Style): string {
  const percent = scan.status === 'not-applicable' ? null : coveragePercent(scan);
  if (percent === null) return ' '.repeat(BAR + 6);
  const full = Math.floor((percent * BAR) / 100);
  const [done, open] = style.unicode ? ['█', '░'] : ['#', '.'];
  return `${done.repeat(full)}${open.repeat(BAR - full)} ${String(percent).padStart(3)} %`;
}

function holeLines({ status, reason, skipped }: ScanReport, style: Style): readonly string[] {
  const holes = skipped.filter(({ allowed }) => !allowed);
  const rest = holes.length - MOST_SKIPPED;
  const lines = [
    ...(reason === null ? [] : [plain(reason)]),
    ...holes
      .slice(0, MOST_SKIPPED)
      .map((hole) => `not looked at: ${plain(hole.target)} (${plain(hole.reason)})`),
    ...(rest > 0 ? [`and ${formatCount(rest)} more: --output json`] : []),
  ];
  const tone = status === 'completed' || status === 'not-applicable' ? 'dim' : 'bad';
  return lines.map((line) => `      ${paint(line, tone, style)}`);
}

function statusMark(status: ScanStatus, style: Style): string {
  switch (status) {
    case 'completed':
      return mark('done', style);
    case 'not-applicable':
      return mark('to do', style);
    case 'partial':
    case 'failed':
    case 'timed-out':
    case 'unavailable':
      return mark('failed', style);
  }
}

function statusTone(status: ScanStatus): Tone {
  switch (status) {
    case 'completed':
      return 'good';
    case 'not-applicable':
      return 'dim';
    case 'partial':
    case 'failed':
    case 'timed-out':
    case 'unavailable':
      return 'bad';
  }
}
