import { GATE_METRICS, type GateResult } from '../../../../domain/checks/gate';
import { markup, type Markup } from '../../page/markup';

/** A gate's value as a bar, its limit as a mark, and the side that passes as a band. */
export function bulletChart(gate: GateResult): Markup | null {
  const { metric, value, threshold, outcome } = gate;
  if (threshold === null) return null;
  const most = scaleEnd(gate);
  const share = (part: number): number => Math.max(0, Math.min(100, (100 * part) / most));
  const limit = share(threshold);
  const isFloor = GATE_METRICS[metric].passesWhen === 'at least';
  const [from, width] = isFloor ? [limit, 100 - limit] : [0, limit];
  return markup`<svg class="bullet ${outcome}" width="100%" height="18" aria-hidden="true">
<rect class="track" y="3" width="100%" height="12" rx="2"/>
<rect class="band" x="${from.toFixed(2)}%" y="3" width="${width.toFixed(2)}%" height="12"/>
${value === null ? null : markup`<rect class="value" y="6" width="${Math.max(0.6, share(value)).toFixed(2)}%" height="6" rx="1"/>`}
<rect class="limit" x="${Math.min(99.2, limit).toFixed(2)}%" width="2" height="18"/></svg>`;
}

/** Percent and points end at 100; everything else a little beyond the larger of value and limit. */
function scaleEnd({ metric, value, threshold }: GateResult): number {
  const { unit } = GATE_METRICS[metric];
  if (unit === 'percent' || unit === 'points') return 100;
  const larger = Math.max(value ?? 0, threshold ?? 0);
  return larger <= 0 ? 1 : larger * 1.15;
}
