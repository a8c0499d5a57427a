import { serviceName, type ServiceRef } from '../../domain/deployment';
import { formatDuration } from '../../domain/format/duration';
import { shortDigest } from '../../domain/revision';
import type { RollbackAnalysis, RollbackTrigger } from '../../domain/rollback/rollback-analysis';
import { differenceWords } from './difference-words';
import { plain } from './style';

/** Why it went back, how fast, and what the revision that was taken back had changed. */
export function analysisLines(ref: ServiceRef, analysis: RollbackAnalysis): readonly string[] {
  const { evidence, difference, hold, validation } = analysis;
  return [
    ` rollback  ${triggerWords(analysis)}`,
    ...evidence.map((sentence) => ` evidence  ${plain(sentence)}`),
    ` back      ${timeWords(analysis)}`,
    ...(difference === null
      ? []
      : [
          ` changed   ${plain(differenceWords(difference))}`,
          ...(difference.files.named.length === 0
            ? []
            : [` files     ${plain(difference.files.named.join(', '))}`]),
        ]),
    ...(hold === null
      ? []
      : [
          ` hold      ${shortDigest(hold)}; lift it with: belay hold lift ${serviceName(ref)} ${shortDigest(hold)}`,
        ]),
    ...(validation === null
      ? []
      : [` stable    ${validation.verdict}: ${plain(validation.sentence)}`]),
  ];
}

const TRIGGERS: Readonly<Record<RollbackTrigger, string>> = {
  criterion: 'a criterion was breached',
  gone: 'no instance of the candidate answered',
  'no-data': 'too little was seen to judge',
  decision: 'decided',
  deadline: 'nobody answered in time',
  failure: 'a step could not be done',
  cancelled: 'cancelled through Temporal',
};

function triggerWords({ trigger, by, severity }: RollbackAnalysis): string {
  const who = by === null ? '' : ` by ${plain(by)}`;
  return `${TRIGGERS[trigger]}${who}${severity === null ? '' : `, severity ${severity}`}`;
}

function timeWords({ toSafeMs, toCleanMs }: RollbackAnalysis): string {
  const safe =
    toSafeMs === null
      ? 'traffic was never seen safe again'
      : `traffic safe after ${formatDuration(toSafeMs)}`;
  const clean =
    toCleanMs === null
      ? 'something of it is left'
      : `nothing of it left after ${formatDuration(toCleanMs)}`;
  return `${safe}, ${clean}`;
}
