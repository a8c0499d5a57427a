import { sameWeights } from '../../../../src/domain/target-state';
import { CALM } from '../chaos';
import { REF } from '../scenario';
import type { Violation } from '../target-watch';
import type { LineSimulation, Story } from './simulate-line';

type Check = (simulation: LineSimulation) => readonly string[] | Promise<readonly string[]>;

const NEVER = new AbortController().signal;
/** A turn that has begun is tried to its end; an attempt of it takes no longer. */
const ONE_TURN_MS = 25_000;
/** What a running deployment may take to give way, its way back and the look at it included. */
const GIVES_WAY_WITHIN_MS = 90_000;
const LOOKS_AGAIN_WITHIN_MS = 60_000;

/** What is wrong with a simulation of the line; empty: nothing. */
export async function checkLine(simulation: LineSimulation): Promise<readonly Violation[]> {
  const found: Violation[] = [...simulation.violations];
  for (const [invariant, check] of Object.entries(INVARIANTS)) {
    for (const detail of await check(simulation)) found.push({ invariant, detail });
  }
  return found;
}

const INVARIANTS: Readonly<Record<string, Check>> = {
  'nobody waits for ever': ({ left, lines, stories }) => [
    ...left.map((id) => `${id} still waits`),
    ...lines.filter(({ end }) => end === null).map(() => 'the line never ends'),
    ...stories
      .filter((story) => story.joinedAtMs !== null && story.lineEnd === null)
      .map((story) => `${name(story)} joined, and nobody knows what became of it`),
  ],

  'a line ends well, whatever happens': ({ lines }) =>
    lines.flatMap(({ end }) =>
      end === null || end.kind === 'completed' || end.kind === 'continued' ? [] : [end.kind],
    ),

  'every deployment runs at most once': ({ stories }) =>
    stories.filter(({ runs }) => runs.length > 1).map((story) => `${name(story)} ran twice`),

  'who is said to have started has, and nobody else': ({ stories }) =>
    stories.flatMap((story) => {
      const { lineEnd, runs } = story;
      if (lineEnd === null) return [];
      const isStarted = runs.length > 0;
      const isSaid = lineEnd.kind === 'started';
      return isStarted === isSaid ? [] : [`${name(story)}: ${lineEnd.kind}, ${runs.length} runs`];
    }),

  'a client that lives gets to know': ({ stories }) =>
    stories
      .filter(
        ({ newcomer, hasAsked, client }) =>
          hasAsked && newcomer.diesAtCall === null && client === null,
      )
      .map((story) => `${name(story)} was never told`),

  'one rollout at a time': ({ deployments }) => {
    const open = deployments.filter(({ end }) => end === null).length;
    return open === 0 ? [] : [`${open} deployments never end`];
  },

  'the newest wins under supersede': ({ stories }) =>
    stories
      .filter(({ newcomer, joinedAtMs }) => newcomer.kind === 'supersede' && joinedAtMs !== null)
      // The same request as one that waits already takes nobody's place.
      .filter(({ lineEnd }) => lineEnd?.kind !== 'attached')
      .flatMap((newest) =>
        stories
          .filter((older) => isOvertaken(older, newest))
          .map((older) => `${name(older)} started after ${name(newest)} had come`),
      ),

  'who waits its turn starts in the order of coming': ({ stories }) => {
    const queued = stories.filter(
      (story) =>
        story.newcomer.kind === 'queue' && story.joinedAtMs !== null && startedAt(story) !== null,
    );
    return queued.flatMap((one) =>
      queued
        .filter((other) => (one.joinedAtMs ?? 0) < (other.joinedAtMs ?? 0))
        .filter((other) => (startedAt(one) ?? 0) > (startedAt(other) ?? 0))
        .map((other) => `${name(other)} before ${name(one)}`),
    );
  },

  'a rollback is never refused, and gives its place only to a newer one': ({ stories }) =>
    waysBack(stories).flatMap((story) => {
      const { lineEnd, client } = story;
      if (lineEnd?.kind === 'refused') return [`${name(story)}: ${lineEnd.sentence}`];
      if (lineEnd?.kind === 'superseded') {
        const by = stories.find(({ newcomer }) => newcomer.deploymentId === lineEnd.by);
        return by?.newcomer.kind === 'rollback' ? [] : [`${name(story)} gave its place`];
      }
      const isRefused = client?.kind === 'refused' && client.code === 'DEPLOYMENT_IN_PROGRESS';
      return isRefused ? [`${name(story)}: ${client.code}`] : [];
    }),

  'a rollback never waits': ({ scenario, stories }) =>
    waysBack(stories).flatMap((story) => {
      const { joinedAtMs } = story;
      if (joinedAtMs === null || scenario.chaos !== CALM) return [];
      const waitedMs = (startedAt(story) ?? joinedAtMs) - joinedAtMs;
      return waitedMs > GIVES_WAY_WITHIN_MS ? [`${name(story)} waited ${waitedMs} ms`] : [];
    }),

  'nobody stands in line longer than it wants': ({ stories }) =>
    stories
      .filter((story) => {
        const since = startedAt(story);
        if (story.joinedAtMs === null || since === null) return false;
        return since - story.joinedAtMs > story.newcomer.lineWaitMs + LOOKS_AGAIN_WITHIN_MS;
      })
      .map((story) => `${name(story)} started long after its time`),

  'supersede ends nothing that users have seen': ({ stories }) =>
    stories
      .filter(({ status }) => status?.outcome === 'superseded' && status.firstTrafficAtMs !== null)
      .map((story) => `${name(story)} was superseded with user traffic`),

  'a deployment ends with an outcome': ({ stories }) =>
    stories
      .filter(({ runs, status }) => runs.length > 0 && status?.outcome == null)
      .map((story) => `${name(story)} has none`),

  'in the end one revision serves everybody, and nothing else stands': async ({ world }) => {
    const traffic = await world.target.router.observe(REF, NEVER);
    const fleets = await world.target.fleet.describe(REF, NEVER);
    const { stable } = await world.records.read(REF);
    const digest = stable?.revision.digest ?? '';
    return [
      ...(sameWeights(traffic.observed, { [digest]: 100 })
        ? []
        : [`weights ${JSON.stringify(traffic.observed)}, recorded is ${digest}`]),
      ...(traffic.isQueueing ? ['requests are still held'] : []),
      ...(traffic.claim?.released === true ? [] : ['the claim is open']),
      ...fleets
        .filter(({ revision }) => revision !== digest)
        .map(({ revision }) => `the fleet of ${revision} stands`),
    ];
  },
};

function waysBack(stories: readonly Story[]): readonly Story[] {
  return stories.filter(({ newcomer, hasAsked }) => newcomer.kind === 'rollback' && hasAsked);
}

/** It stood in line when the newest came, waits for others, and was started all the same. */
function isOvertaken(older: Story, newest: Story): boolean {
  if (older === newest || older.newcomer.kind === 'rollback') return false;
  const cameAtMs = newest.joinedAtMs ?? 0;
  const since = startedAt(older);
  if (older.joinedAtMs === null || older.joinedAtMs >= cameAtMs || since === null) return false;
  return since > cameAtMs + ONE_TURN_MS;
}

function startedAt({ runs }: Story): number | null {
  return runs[0]?.options.identity.startedAtMs ?? null;
}

function name({ newcomer }: Story): string {
  return `${newcomer.kind} ${newcomer.deploymentId.slice(-2)}`;
}
