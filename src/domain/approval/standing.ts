import { PHASES } from '../phase';
import type { Phase } from '../phase';

/** What a deployment does at this moment, as far as it matters to a decision. */
export type Activity = 'working' | 'baking' | 'asking' | 'paused';

/** The columns of the decision table: moments that answer every decision alike are one. */
export const STANDINGS = [
  'before-plan',
  'authorize',
  'before-traffic',
  'paused-before-traffic',
  'in-between',
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

export interface Moment {
  readonly phase: Phase;
  readonly activity: Activity;
  /** Whether the candidate has answered users, or was told to. */
  readonly hadUserTraffic: boolean;
  /** Something of stable has been taken away already. */
  readonly isStableReduced: boolean;
}

/** The column that a deployment stands in. */
export function standingOf(moment: Moment): Standing {
  const { phase, activity, hadUserTraffic } = moment;
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
      return hadUserTraffic ? activity : beforeTraffic(moment);
    default:
      return 'before-plan';
  }
}

function beforeTraffic({ activity, isStableReduced }: Moment): Standing {
  if (isStableReduced) return 'in-between';
  return activity === 'paused' ? 'paused-before-traffic' : 'before-traffic';
}

/** The phases that a column stands for, in order. */
export function phasesOf(standing: Standing): readonly Phase[] {
  switch (standing) {
    case 'before-plan':
      return PHASES.slice(0, PHASES.indexOf('authorize'));
    case 'before-traffic':
    case 'paused-before-traffic':
    case 'in-between':
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

/** The moment in words, as documentation names it. */
export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  'before-plan': 'before there is a plan (store to plan)',
  authorize: 'waiting for an approval',
  'before-traffic': 'rolling out, no user has seen the candidate',
  'paused-before-traffic': 'paused, no user has seen the candidate',
  'in-between': 'stable is stopped or smaller already, no user has seen the candidate',
  working: 'rolling out, between two watches',
  baking: 'rolling out or verifying, watched',
  asking: 'asking a person',
  paused: 'paused',
  warm: 'live, the old revision at hand (warm)',
  'warm-asking': 'live, asking a person',
  finish: 'retiring the old fleet (finish)',
  rollback: 'going back',
  ended: 'ended',
};
