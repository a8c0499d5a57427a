import { COUNTED_METRICS, GATE_METRICS, type GateMetric } from '../../domain/checks/gate';
import { valueIssue, type ThresholdBlock } from './threshold';
import type { Mistake } from './words';

type Placed = Mistake & { readonly path: string[] };

interface GateParts {
  readonly metric: GateMetric;
  readonly threshold: ThresholdBlock;
  readonly onMissing?: 'fail' | 'warn' | 'skip' | undefined;
  readonly warnAt?: number | undefined;
  readonly scope?: 'all' | 'new' | undefined;
}

/** What does not go together in one gate. */
export function gateIssues(gate: GateParts): readonly Placed[] {
  return [...missingIssues(gate), ...warnIssues(gate), ...scopeIssues(gate)];
}

function missingIssues({ onMissing, threshold }: GateParts): readonly Placed[] {
  if (onMissing !== 'skip' || typeof threshold !== 'number') return [];
  return [
    {
      path: ['onMissing'],
      message: 'is `skip`, and a gate that says nothing when its measurement is missing is no gate',
      params: {
        suggestion:
          'Write `warn` to let the deployment go on and have it said; `skip` is for gates relative to an earlier revision.',
      },
    },
  ];
}

function warnIssues({ metric, threshold, warnAt }: GateParts): readonly Placed[] {
  if (warnAt === undefined) return [];
  if (typeof threshold !== 'number') {
    return [
      {
        path: ['warnAt'],
        message: 'stands beside a threshold that moves, so nobody knows on which side it is',
        params: { suggestion: 'Write a second gate with a `threshold` and `blocking: false`.' },
      },
    ];
  }
  const issue = valueIssue(metric, warnAt);
  if (issue !== null) return [{ path: ['warnAt'], ...issue }];
  return isSafer(metric, warnAt, threshold) ? [] : [unsafeWarning(metric, threshold)];
}

function isSafer(metric: GateMetric, warnAt: number, threshold: number): boolean {
  return GATE_METRICS[metric].passesWhen === 'at least' ? warnAt > threshold : warnAt < threshold;
}

function unsafeWarning(metric: GateMetric, threshold: number): Placed {
  const side = GATE_METRICS[metric].passesWhen === 'at least' ? 'above' : 'below';
  return {
    path: ['warnAt'],
    message: `would never warn: \`${metric}\` passes ${GATE_METRICS[metric].passesWhen} ${threshold}`,
    params: { suggestion: `Write a number ${side} ${threshold}, or remove it.` },
  };
}

function scopeIssues({ metric, threshold, scope }: GateParts): readonly Placed[] {
  if (scope !== 'new') return [];
  if (!COUNTED_METRICS.has(metric)) {
    const counted = [...COUNTED_METRICS].map((word) => `\`${word}\``).join(', ');
    return [
      {
        path: ['scope'],
        message: `is \`new\`, and \`${metric}\` counts no findings`,
        params: { suggestion: `Only these can: ${counted}.` },
      },
    ];
  }
  if (typeof threshold === 'number') return [];
  return [
    {
      path: ['scope'],
      message: 'is `new`, and the threshold is relative to all that there was before',
      params: { suggestion: 'Write a number as `threshold`, such as `0`.' },
    },
  ];
}
