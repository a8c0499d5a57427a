import type { GateResult } from '../../../domain/checks/gate';
import { limitWords, valueWords } from '../../../domain/checks/gate-words';

/** `79.9 %`, rounded toward failure; words where there is no value. */
export function gateValue({ metric, outcome, value }: GateResult): string {
  if (value !== null) return valueWords(metric, value);
  return outcome === 'skipped' ? '-' : 'not measured';
}

/** `at least 80 %`; nothing for a gate that is not held against anything here. */
export function gateLimit({ metric, outcome, threshold }: GateResult): string {
  if (threshold !== null) return limitWords(metric, threshold);
  return outcome === 'skipped' ? '' : 'nothing to compare with';
}
