import type { Outcome } from '../../../src/domain/outcome';
import { shortDigest, type Digest, type Revision } from '../../../src/domain/revision';
import { sameWeights, type FleetState, type TrafficState } from '../../../src/domain/target-state';
import type { ServiceRecord } from '../../../src/domain/service-record';
import type { LedgerRecord } from '../../../src/domain/ledger-record';
import type { DeploymentOutcome } from '../../../src/workflows/messages';
import { countsAsApproval } from './approvals';
import { decode } from './payloads';
import { DEPLOYMENT_ID, REF } from './scenario';
import type { Simulation } from './simulate';
import type { Violation } from './target-watch';

/** Everything that is true once a run is over and no late effect can come any more. */
interface Aftermath {
  readonly simulation: Simulation;
  readonly answer: DeploymentOutcome | null;
  readonly outcome: Outcome | null;
  /** What serves after a way back: what was stable, or the fleet that stood by before it. */
  readonly back: Revision | null;
  readonly traffic: TrafficState;
  readonly fleets: readonly FleetState[];
  readonly record: ServiceRecord;
  readonly closed: LedgerRecord | null;
  readonly hadEffects: boolean;
  readonly hadTraffic: boolean;
}

type Check = (aftermath: Aftermath) => string | null;

const NEVER = new AbortController().signal;

/** What is wrong with a finished run, while it ran and in the end; empty: nothing. */
export async function checkInvariants(simulation: Simulation): Promise<readonly Violation[]> {
  const aftermath = await aftermathOf(simulation);
  const inTheEnd = Object.entries(INVARIANTS).flatMap(([invariant, check]) => {
    const detail = check(aftermath);
    return detail === null ? [] : [{ invariant, detail }];
  });
  return [...simulation.violations, ...inTheEnd];
}

async function aftermathOf(simulation: Simulation): Promise<Aftermath> {
  const { world, end } = simulation;
  const { target, records, ledger, candidate } = world;
  const details =
    end.kind === 'failed' ? end.failure.applicationFailureInfo?.details?.payloads?.[0] : null;
  const answer = (
    end.kind === 'completed' ? end.result : (decode(details) ?? null)
  ) as DeploymentOutcome | null;
  const own = target.journal.filter(({ epoch }) => ownEpochs(simulation).has(epoch));
  return {
    simulation,
    answer,
    outcome: answer?.outcome ?? null,
    back: isInherited(answer, world) ? world.older : world.stable,
    traffic: await target.router.observe(REF, NEVER),
    fleets: await target.fleet.describe(REF, NEVER),
    record: await records.read(REF),
    closed: await ledger.find(DEPLOYMENT_ID),
    hadEffects: own.length > 0,
    hadTraffic: own.some(
      ({ effect, detail }) =>
        effect === 'weights' && (detail['weights'] as Record<Digest, number>)[candidate.digest],
    ),
  };
}

function isInherited(answer: DeploymentOutcome | null, { older }: Simulation['world']): boolean {
  return older !== null && answer?.outcome !== 'succeeded' && answer?.serving === older.digest;
}

function ownEpochs({ world }: Simulation): ReadonlySet<number> {
  const claims = world.target.journal.filter(
    ({ effect, detail }) => effect === 'claim' && detail['deploymentId'] === DEPLOYMENT_ID,
  );
  return new Set(claims.map(({ epoch }) => epoch));
}

const INVARIANTS: Readonly<Record<string, Check>> = {
  'an outcome is a value; only rollback-incomplete fails, and names what is left': ({
    simulation: { end },
    answer,
    outcome,
  }) => {
    if (end.kind === 'completed')
      return outcome === 'rollback-incomplete' ? 'it did not fail' : null;
    if (end.kind !== 'failed') return `it ended as ${end.kind}`;
    const { applicationFailureInfo, message } = end.failure;
    if (applicationFailureInfo?.type !== 'ROLLBACK_INCOMPLETE') return `it failed: ${message}`;
    return answer?.leftBehind.length === 0 ? 'it names nothing' : null;
  },

  'status, ledger and answer tell the same outcome': ({ simulation, outcome, closed }) => {
    const { status } = simulation;
    if (status.outcome !== outcome) return `status ${status.outcome}, answer ${outcome}`;
    if (closed?.closing?.outcome === outcome) return null;
    return `ledger ${closed?.closing?.outcome}, answer ${outcome}`;
  },

  'not succeeded: stable serves everybody, or nothing does': (aftermath) => {
    const { outcome, back, traffic, hadEffects } = aftermath;
    if (outcome === 'succeeded' || outcome === 'rollback-incomplete' || !hadEffects) return null;
    const wanted = back === null ? {} : { [back.digest]: 100 };
    const seen = canServe(aftermath, back?.digest) ? traffic.observed : traffic.commanded;
    return sameWeights(seen, wanted) ? null : `weights are ${JSON.stringify(seen)}`;
  },

  'whatever serves in the end does so on all of its instances': (aftermath) => {
    const { simulation, outcome, back, fleets, hadEffects } = aftermath;
    const { scenario, world } = simulation;
    if (outcome === null || outcome === 'rollback-incomplete' || !hadEffects) return null;
    const isNew = outcome === 'succeeded';
    const serving = isNew ? world.candidate : back;
    const size = fleets.find(({ revision }) => revision === serving?.digest)?.size ?? 0;
    const wanted = isNew ? scenario.instances : scenario.stableInstances;
    return serving === null || size === wanted ? null : `${size} instances instead of ${wanted}`;
  },

  'nobody waits at the router in the end': ({ simulation, traffic, hadEffects }) => {
    const isLeft = simulation.scenario.before === 'in-the-gap' && !hadEffects;
    return traffic.isQueueing && !isLeft ? 'requests are still held' : null;
  },

  'whatever was taken back has its analysis': ({ outcome, closed, hadEffects }) => {
    const hasOne = closed?.closing?.rollback != null;
    return hasOne === (hadEffects && outcome !== 'succeeded') ? null : `an analysis: ${hasOne}`;
  },

  'not succeeded: every acted step has its compensation run': (aftermath) => {
    const { simulation, answer, outcome, fleets } = aftermath;
    if (outcome === 'succeeded') return null;
    const { candidate } = simulation.world;
    const stands = fleets.some(({ revision }) => revision === candidate.digest);
    return !stands || isNamed(answer, candidate.digest)
      ? null
      : 'the candidate fleet stands unnamed';
  },

  'nothing was touched unless the target was claimed': ({ simulation, outcome, hadEffects }) => {
    if (hadEffects) return outcome === 'blocked' ? 'blocked after an effect' : null;
    const answers = simulation.world.calls.filter(
      ({ method, answer }) => answer === 'ok' && TOUCHING.has(method),
    );
    return answers.length === 0 ? null : `${answers[0]?.method} without a claim`;
  },

  'succeeded: the candidate serves everybody and the old fleet is gone': (aftermath) => {
    const { simulation, answer, outcome, traffic, fleets, record } = aftermath;
    if (outcome !== 'succeeded') return null;
    const { candidate, stable } = simulation.world;
    const seen = canServe(aftermath, candidate.digest) ? traffic.observed : traffic.commanded;
    if (!sameWeights(seen, { [candidate.digest]: 100 })) return `weights ${JSON.stringify(seen)}`;
    if (record.stable?.revision.digest !== candidate.digest) return 'not recorded as stable';
    return fleets.some(({ revision }) => revision === stable?.digest)
      ? unlessKnown(answer, record, stable?.digest)
      : null;
  },

  'not succeeded: what served before is recorded as stable': ({ back, outcome, record }) => {
    if (outcome === 'succeeded') return null;
    const recorded = record.stable?.revision.digest ?? null;
    return recorded === (back?.digest ?? null) ? null : `recorded is ${recorded}`;
  },

  'a hold exactly on what was rolled back after user traffic': ({
    simulation,
    outcome,
    record,
    hadTraffic,
  }) => {
    const { candidate } = simulation.world;
    const isHeld = record.holds.some(({ revision }) => revision === candidate.digest);
    if (outcome === 'rollback-incomplete') return null;
    if (outcome === 'rolled-back' && hadTraffic) return isHeld ? null : 'no hold';
    // Weight that was commanded and never arrived may have reached users: a hold is right then.
    const wasCommanded = simulation.status.firstTrafficAtMs !== null;
    const mayBeHeld = outcome === 'rolled-back' && wasCommanded;
    return isHeld && !mayBeHeld ? `a hold on ${outcome}` : null;
  },

  'the claim is released, or said to stay open': ({ simulation, traffic, hadEffects }) => {
    if (!hadEffects || traffic.claim?.released === true) return null;
    const isSaid = simulation.status.alerts.some((alert) => alert.includes('claim'));
    return isSaid ? null : 'the claim stays open in silence';
  },

  'the target never has to refuse an order for what it asks': ({ simulation }) => {
    const refused = simulation.world.calls.find(({ answer }) => REFUSALS.has(answer));
    return refused === undefined ? null : `${refused.method}: ${refused.answer}`;
  },

  'nothing acts after the end': ({ simulation }) => {
    const { endedAtMs, world } = simulation;
    const late = world.target.journal.find(
      // What stands by goes by the target's own clock.
      ({ atMs, effect, repeat }) => atMs > endedAtMs && !repeat && effect !== 'expire',
    );
    return late === undefined ? null : `${late.effect} at ${late.epoch}/${late.n}`;
  },

  'absence of a person never approves': ({ simulation, answer, hadEffects }) => {
    const { scenario, sent, world } = simulation;
    if (scenario.approval === null || !hadEffects || isInherited(answer, world)) return null;
    const claimed = world.target.journal.find(
      ({ detail }) => detail['deploymentId'] === DEPLOYMENT_ID,
    );
    const approvals = sent.filter(
      (one) => one.atMs <= (claimed?.atMs ?? 0) && countsAsApproval(one, simulation),
    );
    const names = new Set(approvals.map(({ decision }) => decision.actor));
    return names.size >= scenario.approval.quorum ? null : `${names.size} approvals`;
  },

  'trouble is told once, and its end once': ({ closed }) => {
    const open = new Set<string>();
    for (const { kind, alert } of closed?.closing?.monitored?.alerts ?? []) {
      if (open.has(alert.monitor) === (kind === 'raised')) return `${alert.monitor} ${kind}`;
      if (kind === 'raised') open.add(alert.monitor);
      if (kind === 'resolved' || kind === 'unwatched') open.delete(alert.monitor);
    }
    return null;
  },

  'whoever can be told is told how it ended': ({ simulation, outcome }) => {
    const { scenario, world } = simulation;
    const told = world.notifications.filter(({ kind }) => kind === outcome);
    const isToldOf = outcome === 'rolled-back' || outcome === 'rollback-incomplete';
    if (scenario.notifier === 'away' || (!isToldOf && outcome !== 'blocked')) return null;
    return told.length >= 1 ? null : 'nobody was told';
  },

  'every decision is answered': ({ simulation: { sent, status, endedAtMs } }) => {
    if (status.decisions.length >= 100) return null;
    const known = new Set(status.decisions.map(({ id }) => id));
    const early = sent.filter(({ atMs }) => atMs < endedAtMs - ANSWERED_WITHIN_MS);
    const forgotten = early.find(({ decision }) => !known.has(decision.id));
    return forgotten === undefined ? null : `${forgotten.decision.kind} ${forgotten.decision.id}`;
  },
};

/** A fleet that stands is told, or stands by for whoever comes next. */
function unlessKnown(
  answer: DeploymentOutcome | null,
  { warm }: ServiceRecord,
  stable: Digest | undefined,
): string | null {
  return warm?.revision.digest === stable || isNamed(answer, stable)
    ? null
    : 'the old fleet stands';
}

/** A decision in the last moments may find nobody left to read it. */
const ANSWERED_WITHIN_MS = 20_000;
const TOUCHING = new Set(['ensure', 'retire', 'setWeights', 'drain', 'ensureRoute', 'release']);
const REFUSALS = new Set(['TARGET_REJECTED', 'HAS_WEIGHT']);

function canServe({ fleets }: Aftermath, revision: Digest | undefined): boolean {
  return fleets.some((fleet) => fleet.revision === revision && fleet.healthy > 0);
}

function isNamed(answer: DeploymentOutcome | null, revision: Digest | undefined): boolean {
  const name = shortDigest(revision ?? '');
  return answer?.leftBehind.some((left) => left.includes(name)) === true;
}
