import type { Reading } from '../../domain/analysis/reading';
import type { Window } from '../../domain/analysis/window';
import { BelayError } from '../../domain/errors';
import { homeLayout } from '../../domain/home-layout';
import type { EvidenceRecord } from '../../ports/evidence-record';
import { openAppendLog, type AppendLog } from '../append-log';
import { safeName } from '../durable-file';
import {
  addReading,
  addWindow,
  clearIndex,
  emptyIndex,
  hasReading,
  hasWindow,
  readingsFrom,
  windowsFrom,
  type EvidenceIndex,
} from '../evidence-index';

export interface FileEvidenceOptions {
  /** `BELAY_HOME`; its folder `evidence` holds one `DEPLOYMENT.jsonl` a deployment. */
  readonly home: string;
}

/** One line of the file: what one append added. */
interface EvidenceLine {
  readonly stepId: string;
  readonly windows: readonly Window[];
  readonly readings?: readonly Reading[];
}

interface OpenEvidence {
  readonly log: AppendLog;
  readonly index: EvidenceIndex;
}

/** Deployments whose windows are kept in memory, as many as a worker watches; the file is read again for others. */
const KEPT_DEPLOYMENTS = 200;

export function createFileEvidenceRecord({ home }: FileEvidenceOptions): EvidenceRecord {
  const folder = homeLayout(home).evidence;
  const kept = new Map<string, OpenEvidence>();

  const upToDate = async (deploymentId: string): Promise<OpenEvidence> => {
    const evidence = kept.get(deploymentId) ?? openEvidence(folder, deploymentId);
    keep(kept, deploymentId, evidence);
    await catchUp(evidence);
    return evidence;
  };

  // One after the other in this process; other processes may append at any time, and readers drop what came twice.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(deploymentId: string, work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(() => orUnavailable(deploymentId, work));
    turn = mine.catch(() => undefined);
    return mine;
  };

  return {
    append: ({ deploymentId, stepId, windows }) =>
      inTurn(deploymentId, async () => {
        const { log, index } = await upToDate(deploymentId);
        const news = windows.filter(({ number }) => !hasWindow(index, stepId, number));
        if (news.length > 0) await log.append({ stepId, windows: news } satisfies EvidenceLine);
      }),
    read: (deploymentId, from) =>
      inTurn(deploymentId, async () => windowsFrom((await upToDate(deploymentId)).index, from)),
    appendReadings: ({ deploymentId, stepId, readings }) =>
      inTurn(deploymentId, async () => {
        const { log, index } = await upToDate(deploymentId);
        const news = readings.filter((reading) => !hasReading(index, reading));
        if (news.length === 0) return;
        await log.append({ stepId, windows: [], readings: news } satisfies EvidenceLine);
      }),
    readings: (deploymentId, fromMs) =>
      inTurn(deploymentId, async () => readingsFrom((await upToDate(deploymentId)).index, fromMs)),
  };
}

function openEvidence(folder: string, deploymentId: string): OpenEvidence {
  return { log: openAppendLog(`${folder}/${safeName(deploymentId)}.jsonl`), index: emptyIndex() };
}

function keep(kept: Map<string, OpenEvidence>, deploymentId: string, evidence: OpenEvidence): void {
  kept.delete(deploymentId);
  kept.set(deploymentId, evidence);
  const [oldest] = kept.keys();
  if (kept.size > KEPT_DEPLOYMENTS && oldest !== undefined) kept.delete(oldest);
}

async function catchUp({ log, index }: OpenEvidence): Promise<void> {
  const { restarted, values } = await log.readNew();
  if (restarted) clearIndex(index);
  for (const line of values.filter(isEvidenceLine)) {
    for (const window of line.windows) addWindow(index, { stepId: line.stepId, window });
    for (const reading of line.readings ?? []) addReading(index, reading);
  }
}

function isEvidenceLine(value: unknown): value is EvidenceLine {
  return (
    typeof value === 'object' &&
    value !== null &&
    'stepId' in value &&
    'windows' in value &&
    Array.isArray(value.windows)
  );
}

async function orUnavailable<T>(deploymentId: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new BelayError(
      'EVIDENCE_UNAVAILABLE',
      `The evidence of ${deploymentId} cannot be read or written; the weights stay as they are until it can.`,
      { next: 'Look at the free space and the permissions of the evidence folder.', cause },
    );
  }
}
