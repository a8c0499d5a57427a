import { resolve } from 'node:path';
import { chooseEnvironment } from '../config/choose-environment';
import { loadConfig } from '../config/load-config-file';
import type { Reading } from '../domain/analysis/reading';
import type { Window } from '../domain/analysis/window';
import { BelayError } from '../domain/errors';
import { rejudge, type RejudgedStep } from '../domain/rejudgement/rejudge';
import { summarizeRejudgement } from '../domain/rejudgement/summarize-rejudgement';
import type { CliContext } from './context';
import { otherRules, type ChosenRules } from './other-rules';
import { pastSteps } from './past-steps';
import type { DeploymentReport } from './output/deployment-report/report';
import { readDeploymentReport } from './read-deployment-report';

export interface JudgedDeployment {
  readonly deployment: string;
  /** The file whose rules count. */
  readonly config: string;
  readonly steps: readonly RejudgedStep[];
  readonly summary: string;
  readonly notes: readonly string[];
}

export interface JudgeChoice {
  /** A file or folder; default: `belay.yaml` of `-C`. */
  readonly config: string | undefined;
  /** Default: the deployment's own. */
  readonly environment: string | undefined;
}

/**
 * Judges a past deployment again, from its evidence record, by the criteria and limits of another configuration.
 * @throws BelayError as the configuration does; `DEPLOYMENT_NOT_FOUND`
 */
export async function judgeDeployment(
  what: string,
  choice: JudgeChoice,
  context: CliContext,
): Promise<JudgedDeployment> {
  const report = await readDeploymentReport(what, context);
  const config = resolve(context.cwd, choice.config ?? context.directory);
  const rules = await rulesFrom(config, choice.environment, report);
  const { windows, readings } = report;
  if (windows.length === 0) throw withoutEvidence(report);
  const steps = rejudge({ steps: pastSteps(report, rules), windows, readings }, rules);
  return {
    deployment: report.status.deployment,
    ...{ config, steps },
    summary: summarizeRejudgement(steps, thenEnd(report)),
    notes: [...rules.notes, ...unseenSources(rules, readings), ...pauses(report, windows)],
  };
}

async function rulesFrom(
  path: string,
  wanted: string | undefined,
  { status }: DeploymentReport,
): Promise<ChosenRules> {
  const config = await loadConfig(path);
  const isDeclared = config.environments.some(({ name }) => name === status.environment);
  const name = wanted ?? (isDeclared ? status.environment : undefined);
  return otherRules(chooseEnvironment(config, name), status.strategy);
}

function withoutEvidence({ status }: DeploymentReport): BelayError {
  return new BelayError(
    'DEPLOYMENT_NOT_FOUND',
    `The evidence record has no window of ${status.deployment}: nobody watched it here. Nothing was judged; traffic stays as it is.`,
    {
      next: 'A deployment that ended before it had traffic has none. `belay history` lists deployments.',
    },
  );
}

function thenEnd({ status }: DeploymentReport): { backAtMs: number | null; words: string } {
  const back = status.phases.find(({ phase }) => phase === 'rollback');
  const words = status.outcome === null ? 'it still runs' : `it ended ${status.outcome}`;
  return {
    backAtMs: back?.startedAtMs ?? null,
    words: status.liveAtMs === null ? words : 'it went live',
  };
}

function unseenSources({ criteria }: ChosenRules, readings: readonly Reading[]): readonly string[] {
  const seen = new Set(readings.map(({ source }) => source));
  return criteria
    .filter(({ source }) => source !== null && !seen.has(source))
    .map(({ id, source }) => `${id}: the record has nothing of the source ${source ?? ''}.`);
}

/** The dwell clock stood still then, and nobody recorded for how long. */
function pauses({ status }: DeploymentReport, windows: readonly Window[]): readonly string[] {
  const paused = status.decisions.some(
    ({ kind, effect }) => kind === 'pause' && effect === 'applied',
  );
  return paused && windows.length > 0
    ? ['It was paused: its dwell time counts here as if it had not been.']
    : [];
}
