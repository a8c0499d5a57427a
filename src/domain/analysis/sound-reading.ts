import type { MetricSample, Reading } from './reading';
import { whyMisplaced, type Unsound } from './sound-window';

/** The reading as it is, or why it counts as none. Counts may be fractions: some systems estimate them. */
export function soundReading(reading: Reading): Reading | Unsound {
  const reason = whyMisplaced(reading) ?? whyUntrue(reading);
  return reason === null ? reading : { reason, number: null };
}

function whyUntrue({ source, arms }: Reading): string | null {
  if (typeof source !== 'string') return 'it names no source';
  if (typeof arms !== 'object' || (arms as unknown) === null) return 'it has no arms';
  return whyUntrueArm(arms.candidate) ?? whyUntrueArm(arms.stable);
}

function whyUntrueArm(samples: Reading['arms']['stable']): string | null {
  if (samples === null) return null;
  if (typeof samples !== 'object') return 'an arm is no record';
  return Object.values(samples).every(isSample) ? null : 'a sample holds a number that cannot be';
}

function isSample(sample: MetricSample): boolean {
  if (typeof sample !== 'object' || (sample as unknown) === null) return false;
  switch (sample.kind) {
    case 'ratio':
      return isAmount(sample.events) && isAmount(sample.of);
    case 'value':
      return Number.isFinite(sample.value) && isAmount(sample.samples);
    default:
      return false;
  }
}

function isAmount(value: number): boolean {
  return Number.isFinite(value) && value >= 0;
}
