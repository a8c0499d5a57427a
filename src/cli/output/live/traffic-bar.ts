import { formatDecimal } from '../../../domain/format/decimal';
import { shortDigest } from '../../../domain/revision';
import type { ArmWeights, DeploymentStatus } from '../../../domain/status';
import { paint, type Style } from '../style';
import { flow } from './flow';

const MOST_CELLS = 40;
const LABEL = ' traffic   ';
const FEWEST_CELLS = 10;

/** Both revisions as they share the traffic: in two colours, two signs, and words. */
export function trafficLines(status: DeploymentStatus, style: Style): readonly string[] {
  const seen = status.observed ?? status.weights;
  if (seen === null) return [`${LABEL}untouched`];
  const certainty = certaintyWord(status);
  const room = style.columns - LABEL.length - certainty.length - 2;
  const cells = Math.min(MOST_CELLS, Math.max(FEWEST_CELLS, room));
  const within = { columns: style.columns, indent: LABEL.length };
  const [first = '', ...others] = legend(status, seen, style);
  return [
    `${LABEL}${bar(seen, cells, style)}  ${certainty}`,
    ...flow([' '.repeat(LABEL.length) + first, ...others], within),
  ];
}

function certaintyWord({ observed, weights }: DeploymentStatus): string {
  if (observed === null) return '(commanded)';
  const isAsTold = weights === null || Math.abs(weights.candidate - observed.candidate) < 1;
  return isAsTold ? '(observed)' : `(observed; commanded ${percent(weights.candidate)})`;
}

/** Neither side hides: whoever gets anything has at least one cell. */
function bar({ stable, candidate }: ArmWeights, cells: number, style: Style): string {
  const [full, light] = signs(style);
  if (stable + candidate === 0) return '-'.repeat(cells);
  const share = Math.round((candidate / 100) * cells);
  const most = stable > 0 ? cells - 1 : cells;
  const taken = candidate > 0 ? Math.min(most, Math.max(1, share)) : 0;
  const old = full.repeat(cells - taken);
  return `${paint(old, 'steady', style)}${paint(light.repeat(taken), 'busy', style)}`;
}

function legend(status: DeploymentStatus, seen: ArmWeights, style: Style): readonly string[] {
  const { stable, revision } = status;
  const [full, light] = signs(style);
  const name = (digest: string | null): string =>
    digest === null ? '' : ` ${shortDigest(digest)}`;
  const others =
    stable === null && seen.stable === 0
      ? []
      : [`${paint(full, 'steady', style)} stable${name(stable)} ${percent(seen.stable)}`];
  return [
    ...others,
    `${paint(light, 'busy', style)} candidate${name(revision)} ${percent(seen.candidate)}`,
  ];
}

function signs({ unicode }: Style): readonly [string, string] {
  return unicode ? ['█', '░'] : ['#', '.'];
}

function percent(value: number): string {
  return `${formatDecimal(value, 2)} %`;
}
