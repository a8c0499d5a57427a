import { BelayError } from '../../domain/errors';
import { serviceName } from '../../domain/deployment';
import { shortDigest } from '../../domain/revision';
import type { LogLine } from '../../ports/fleet';
import type { Command } from '../context';
import { bestStatus } from '../best-status';
import { plain } from '../output/style';

export interface LogsOptions {
  readonly deployment: string | undefined;
  readonly lines: number;
  readonly revision: 'candidate' | 'stable';
}

/** The newest lines that the instances of one revision wrote, oldest first; for a while also after their end. */
export const logs: Command<LogsOptions> = async (options, context) => {
  const { status } = await bestStatus(options.deployment, context);
  const revision = options.revision === 'stable' ? status.stable : status.revision;
  const ref = { service: status.service, environment: status.environment };
  if (revision === null) {
    throw new BelayError(
      'DEPLOYMENT_NOT_FOUND',
      `${status.deployment} has no ${options.revision} revision, so that there are no logs. Traffic stays as it is.`,
      { next: `\`belay status ${serviceName(ref)}\` shows where it stands.` },
    );
  }
  const { fleet } = context.adapters().target;
  const lines = await fleet.logs({ ref, revision, lines: options.lines }, context.interrupted);
  if (lines.length === 0) {
    context.terminal.note(
      `no lines of ${shortDigest(revision)} in ${serviceName(ref)}: it wrote none, never started there, ` +
        'or ended long ago (only the newest ended revisions keep their logs)',
    );
  }
  context.terminal.result({
    json: { schemaVersion: 1, deployment: status.deployment, revision, lines },
    text: lines.map(logLine),
  });
  return 0;
};

function logLine({ instance, line }: LogLine): string {
  return `${instance}  ${plain(line)}`;
}
