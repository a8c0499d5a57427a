import { rateText } from './expected-traffic';
import type { PlanInput } from './plan-input';

/** What the probe adds, or why it adds nothing. */
export function probeNotes({ monitoring: { probe }, capabilities }: PlanInput): readonly string[] {
  if (probe === null) return [];
  if (!capabilities.headerRoute) {
    return ['The target cannot send a request to one revision: the probe has no effect.'];
  }
  const requests = probe.perSecond === 1 ? 'request' : 'requests';
  return [
    `The probe sends each revision ${rateText(probe.perSecond)} ${requests} a second to ${probe.path}: evidence without users, and where it stands alone it is said to.`,
  ];
}
