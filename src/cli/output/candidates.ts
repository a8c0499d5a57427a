import { serviceName, type ServiceRef } from '../../domain/deployment';
import { canComeBack } from '../../domain/history/choose-candidate';
import type { RollbackCandidate } from '../../domain/history/rollback-candidates';
import { shortDigest } from '../../domain/revision';
import { differenceWords } from './difference-words';
import { iso, minute } from './durations';
import { mark, paint, plain, wrap, type Mark, type Style } from './style';
import type { Answer } from './terminal';

export interface CandidateList {
  readonly ref: ServiceRef;
  readonly candidates: readonly RollbackCandidate[];
}

/** What could be brought back, the newest first; the first that can is what `belay rollback` takes. */
export function candidatesAnswer(list: CandidateList, style: Style): Answer {
  return { json: candidatesJson(list), text: candidateLines(list, style) };
}

function candidatesJson({ ref, candidates }: CandidateList): object {
  return {
    schemaVersion: 1,
    ...ref,
    default: candidates.find(canComeBack)?.revision ?? null,
    candidates: candidates.map((candidate) => ({
      revision: candidate.revision,
      commit: candidate.commit,
      deployment: candidate.deploymentId,
      servedFrom: iso(candidate.servedFromMs),
      servedUntil: iso(candidate.servedUntilMs),
      serving: candidate.isServing,
      store: candidate.stored.state,
      hold:
        candidate.hold === null
          ? null
          : {
              at: iso(candidate.hold.atMs),
              by: candidate.hold.by,
              reason: candidate.hold.reason,
              deployment: candidate.hold.deploymentId,
            },
      difference: candidate.difference,
    })),
  };
}

const INDENT = 5;

function candidateLines({ ref, candidates }: CandidateList, style: Style): readonly string[] {
  const name = serviceName(ref);
  if (candidates.length === 0) return [`no revision has served ${name} fully yet`];
  const taken = candidates.find(canComeBack);
  return [
    paint(`${name}: what has served fully, the newest first (UTC)`, 'bold', style),
    ...candidates.flatMap((candidate) => linesOf(candidate, candidate === taken, style)),
    '',
    taken === undefined
      ? ' next      nothing can be brought back'
      : ` next      belay rollback ${name} brings ${shortDigest(taken.revision)} back`,
  ].flatMap((line) => wrap(line, style.columns));
}

function linesOf(candidate: RollbackCandidate, isTaken: boolean, style: Style): readonly string[] {
  const { revision, servedFromMs, servedUntilMs, commit } = candidate;
  const until = candidate.isServing || servedUntilMs === null ? 'now' : minute(servedUntilMs);
  const served = `${minute(servedFromMs)} to ${until}`;
  const from = commit === null ? '' : `  commit ${plain(commit).slice(0, 12)}`;
  const head = ` ${mark(markOf(candidate, isTaken), style)} ${shortDigest(revision)}  ${served}${from}`;
  return [head, ...wrap(`${' '.repeat(INDENT)}${wordsOf(candidate)}`, style.columns, INDENT)];
}

function markOf(candidate: RollbackCandidate, isTaken: boolean): Mark {
  if (candidate.isServing) return 'doing';
  if (isTaken) return 'done';
  return canComeBack(candidate) ? 'to do' : 'failed';
}

function wordsOf({ isServing, hold, stored, difference }: RollbackCandidate): string {
  if (isServing) return 'serves now';
  const held = hold === null ? [] : [`on hold (${plain(hold.by)}: ${plain(hold.reason)})`];
  const gone = {
    kept: [],
    pruned: ['pruned from the store'],
    damaged: ['not what was stored any more'],
  }[stored.state];
  const differs = stored.state === 'kept' ? [plain(differenceWords(difference))] : [];
  return [...held, ...gone, ...differs].join(' · ');
}
