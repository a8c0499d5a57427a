import { z } from 'zod';
import { GATE_METRICS, type GateMetric } from '../../domain/checks/gate';
import { percentIssue, type Mistake } from './words';

/** The worst value that still passes: a number, or so much worse than what was verified last. */
export const threshold = z.union([
  z.number(),
  z.strictObject({ relativeToPrevious: z.union([z.string(), z.number()]) }),
]);

export type ThresholdBlock = z.infer<typeof threshold>;

const CHANGE = /^([+-]?)(\d{1,4}(?:\.\d{1,3})?) ?%$/;

/** 10 for `+10%`; null where the text is no change. */
export function changePercentOf(change: string | number): number | null {
  const [, sign, digits] = (typeof change === 'string' ? CHANGE.exec(change.trim()) : null) ?? [];
  if (digits === undefined) return null;
  return sign === '-' ? -Number(digits) : Number(digits);
}

/** Null where the threshold can be one of the metric. */
export function thresholdIssue(metric: GateMetric, block: ThresholdBlock): Mistake | null {
  return typeof block === 'number'
    ? valueIssue(metric, block)
    : changeIssue(metric, block.relativeToPrevious);
}

/** Null where the number can be a value of the metric. */
export function valueIssue(metric: GateMetric, value: number): Mistake | null {
  const { unit } = GATE_METRICS[metric];
  switch (unit) {
    case 'percent':
      return percentIssue(value, { mayBeSmall: false });
    case 'points':
      return unless(value >= 0 && value <= 100, 'is a score from 0 to 100');
    case 'count':
      return unless(
        Number.isInteger(value) && value >= 0,
        `of \`${metric}\` is a count: a whole number, not below 0`,
      );
    case 'seconds':
    case 'megabytes':
      return unless(value > 0, `of \`${metric}\` is in ${unit}, above zero`);
  }
}

function unless(isRight: boolean, message: string): Mistake | null {
  return isRight ? null : { message };
}

/** A change the other way would ask every revision to be better than the one before, until none can be. */
function changeIssue(metric: GateMetric, change: string | number): Mistake | null {
  const percent = changePercentOf(change);
  const sign = GATE_METRICS[metric].passesWhen === 'at least' ? '-' : '+';
  if (percent === null) {
    return {
      message: 'is a change in percent of what was verified last',
      params: { suggestion: `Write it as \`relativeToPrevious: '${sign}10%'\`.` },
    };
  }
  const isAllowance = sign === '+' ? percent >= 0 : percent <= 0 && percent >= -100;
  if (isAllowance) return null;
  return {
    message: `asks every revision to be better than the one before: \`${metric}\` is worse ${sign === '+' ? 'above' : 'below'}`,
    params: { suggestion: `Did you mean \`${sign}${Math.min(100, Math.abs(percent))}%\`?` },
  };
}
