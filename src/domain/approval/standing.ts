import { PHASES } from '../phase';
import type { Phase } from '../phase';

/** What a deployment does at this moment, as far as it matters to a decision. */
export type Activity = 'working' | 'baking' | 'asking' | 'paused';

/** The rows of the decision table: phases that answer every decision alike are one. */
export const STANDINGS = [
  'before-plan',
  'authorize',
  'working',
  'baking',
  'asking',
  'paused',
  'warm',
  'warm-asking',
  'finish',
  'rollback',
  'ended',
] as const;

export type Standing = (typeof STANDINGS)[number];

/** The row that a deployment stands in. */
export function standingOf(phase: Phase, activity: Activity): Standing {
  switch (phase) {
    case 'authorize':
    case 'finish':
    case 'rollback':
    case 'ended':
      return phase;
    case 'warm':
      return activity === 'asking' ? 'warm-asking' : 'warm';
    case 'rollout':
    case 'verify':
      return activity;
    default:
      return 'before-plan';
  }
}

/** The phases that a row stands for, in order. */
export function phasesOf(standing: Standing): readonly Phase[] {
  switch (standing) {
    case 'before-plan':
      return PHASES.slice(0, PHASES.indexOf('authorize'));
    case 'working':
    case 'baking':
    case 'asking':
    case 'paused':
      return ['rollout', 'verify'];
    case 'warm-asking':
      return ['warm'];
    default:
      return [standing];
  }
}
