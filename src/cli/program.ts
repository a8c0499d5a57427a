import { Command as Program, InvalidArgumentError, Option } from 'commander';
import { BelayError } from '../domain/errors';
import { PERSONS_KINDS, type PersonsKind } from '../domain/approval/decision';
import type { Command } from './context';
import { CONFLICT_POLICIES, type ConflictPolicy } from '../domain/line/conflict';
import type { ExitCode } from './exit-codes';
import { load } from './lazy-commands';
import { DOCUMENT_FORMATS, type DocumentFormat } from './output/terminal';
import { registerChecks } from './program/checks';
import { registerEvidence } from './program/evidence';
import { registerHistory } from './program/history';
import {
  DEPLOYMENT,
  positive,
  seconds,
  withPerson,
  type Act,
  type Person,
  type Registrar,
} from './program/registrar';
import { registerJudge } from './program/judge';
import { registerLine } from './program/line';
import { registerRollback, UNDO_WAIT_SECONDS } from './program/rollback';

export interface GlobalOptions {
  readonly directory: string | undefined;
  readonly home: string | undefined;
  readonly output: DocumentFormat;
}

/** Runs a command with the context that its global options make. */
export type Runner = <O>(
  command: () => Command<O>,
  options: O,
  globals: GlobalOptions,
) => Promise<ExitCode>;

export interface ProgramOptions {
  readonly version: string;
  readonly run: Runner;
  readonly onExitCode: (code: ExitCode) => void;
}

export function buildProgram({ version, run, onExitCode }: ProgramOptions): Program {
  const program = new Program('belay')
    .description('A durable deployment engine: a rope that is tied before the next move.')
    .version(version)
    .option('-C, --directory <dir>', 'the folder with belay.yaml', undefined)
    .option('--home <dir>', 'where the state of this host lies (default: BELAY_HOME)')
    .addOption(
      new Option(
        '--output <format>',
        'text, or JSON alone on stdout; findings also as SARIF or a page',
      )
        .choices(DOCUMENT_FORMATS)
        .default('text'),
    )
    .showSuggestionAfterError(true)
    .addHelpText('after', EXAMPLES);
  const act: Act = async (command, options, source) => {
    const globals = source.optsWithGlobals<GlobalOptions>();
    refuseDocument(source.name(), globals.output);
    onExitCode(await run(command, options, globals));
  };
  const registrars: readonly Registrar[] = [
    registerDeploy,
    registerPlan,
    registerStatus,
    registerLogs,
    registerChecks,
    registerEvidence,
    registerHistory,
    registerJudge,
    registerRollback,
    registerDecisions,
    registerLine,
    registerHold,
    registerProcesses,
  ];
  for (const register of registrars) register(program, act);
  return program;
}

/** Commands and what they may show beside text and JSON. */
const DOCUMENTS: Readonly<Record<string, readonly DocumentFormat[]>> = {
  verify: ['sarif'],
  report: ['sarif', 'html'],
};

function refuseDocument(command: string, format: DocumentFormat): void {
  if (format === 'text' || format === 'json') return;
  if (DOCUMENTS[command]?.includes(format) === true) return;
  throw new BelayError(
    'USAGE',
    `\`belay ${command}\` cannot answer as ${format}. Nothing was asked or changed.`,
    {
      next: 'Use `--output text` or `--output json`; `belay report` shows findings in every form.',
    },
  );
}

const EXAMPLES = `
Examples:
  belay up                                  start Temporal, the platform and a worker on this machine
  belay deploy staging --artifact ./dist    deploy, and follow until it is live
  belay status --watch                      look at the deployment of this folder's service
  belay approve shop/production             let it go on
  belay rollback shop/production            bring the old revision back now
  belay verify ./dist                       every check over a folder, without Temporal
  belay history --since 7d                  what was deployed, by whom, and how it ended

Exit codes: 0 live or done · 2 usage · 3 rolled back · 4 act now · 5 refused · 6 waits for a person ·
7 superseded or cancelled · 8 not authorised · 124 wait over · 130 detached. docs/cli.md has them all.`;

const registerDeploy: Registrar = (program, act) => {
  withChoice(program.command('deploy'))
    .description('bring a revision into an environment; follows until it is live or ended')
    .option('--detach', 'print the id and leave', false)
    .option(
      '--wait <seconds>',
      'leave after this time (exit 124, or 6 where a person is waited for)',
      seconds,
    )
    .option(
      '--key <key>',
      'the same key attaches to the running deployment (default: from the CI run)',
    )
    .addOption(
      new Option(
        '--conflict <policy>',
        'where another one runs (default: from belay.yaml)',
      ).choices(CONFLICT_POLICIES),
    )
    .option('--line-wait <seconds>', 'leave the line after this time (default: 2 h)', seconds)
    .option('--as <name>', 'who asks (default: the CI actor or the user of this machine)')
    .option('--reason <text>', 'why')
    .action((environment: string | undefined, options: DeployFlags, source: Program) =>
      act(
        load.deploy,
        {
          ...choiceOf(environment, options),
          detach: options.detach,
          waitMs: options.wait ?? null,
          key: options.key,
          conflict: options.conflict,
          lineWaitMs: options.lineWait,
          as: options.as,
          reason: options.reason,
        },
        source,
      ),
    );
};

interface ChoiceFlags {
  readonly artifact?: string;
  readonly strategy?: string;
}

interface DeployFlags extends ChoiceFlags, Person {
  readonly detach: boolean;
  readonly wait?: number;
  readonly key?: string;
  readonly conflict?: ConflictPolicy;
  readonly lineWait?: number;
}

const registerPlan: Registrar = (program, act) => {
  withChoice(program.command('plan'))
    .description(
      'show what deploy would do, and the digest that an approval binds; changes nothing',
    )
    .action((environment: string | undefined, options: ChoiceFlags, source: Program) =>
      act(load.plan, choiceOf(environment, options), source),
    );
};

function withChoice(command: Program): Program {
  return command
    .argument('[environment]', 'default: the first that belay.yaml declares')
    .option('--artifact <dir>', 'the folder to deploy (default: from belay.yaml)')
    .option(
      '--strategy <name>',
      'blue-green, canary, rolling or recreate (default: from belay.yaml)',
    );
}

function choiceOf(environment: string | undefined, { artifact, strategy }: ChoiceFlags) {
  return { environment, artifact, strategy };
}

const registerStatus: Registrar = (program, act) => {
  program
    .command('status')
    .description('show a deployment')
    .argument(...DEPLOYMENT)
    .option('-w, --watch', 'look until it has ended', false)
    .action((deployment: string | undefined, options: { watch: boolean }, source: Program) =>
      act(load.status, { deployment, watch: options.watch }, source),
    );
};

const registerLogs: Registrar = (program, act) => {
  program
    .command('logs')
    .description("show what the revision's instances wrote")
    .argument(...DEPLOYMENT)
    .option('-n, --lines <count>', 'how many lines', positive, 200)
    .addOption(
      new Option('--revision <which>', 'whose')
        .choices(['candidate', 'stable'])
        .default('candidate'),
    )
    .action(
      (
        deployment: string | undefined,
        options: { lines: number; revision: 'candidate' | 'stable' },
        source: Program,
      ) => act(load.logs, { deployment, ...options }, source),
    );
};

type PlainKind = Exclude<PersonsKind, 'rollback'>;

const DECISIONS: Readonly<Record<PlainKind, string>> = {
  approve: 'let the deployment go on with the plan that it shows',
  reject: 'do not let it go on',
  pause: 'stay at this weight; the watch goes on',
  resume: 'go on after a pause',
  promote: 'advance without waiting longer',
  abort: 'undo it without a hold',
};

const registerDecisions: Registrar = (program, act) => {
  for (const kind of PERSONS_KINDS) {
    if (kind === 'rollback') continue;
    const command = withPerson(program.command(kind))
      .description(DECISIONS[kind])
      .argument(...DEPLOYMENT);
    if (kind === 'approve') command.option('--plan <digest>', 'the plan that was looked at');
    if (kind === 'promote') {
      command
        .addOption(
          new Option('--to <percent>', 'at once to the last planned weight up to this one')
            .argParser(percent)
            .conflicts('full'),
        )
        .option('--full', 'at once to all traffic; it is still verified there', false);
    }
    if (kind === 'abort') {
      command.option(
        '--wait <seconds>',
        `follow the way back this long (default: ${UNDO_WAIT_SECONDS})`,
        seconds,
      );
    }
    command.action(
      (
        deployment: string | undefined,
        options: Person & { plan?: string; wait?: number; to?: number; full?: boolean },
        source: Program,
      ) =>
        act(
          load.decide,
          {
            kind,
            deployment,
            as: options.as,
            reason: options.reason,
            planDigest: options.plan,
            to: options.full === true ? 100 : options.to,
            waitMs: options.wait ?? UNDO_WAIT_SECONDS * 1_000,
          },
          source,
        ),
    );
  }
};

type LiftArguments = [
  service: string | undefined,
  revision: string | undefined,
  options: object,
  source: Program,
];

const registerHold: Registrar = (program, act) => {
  const hold = program.command('hold').description('revisions that may not be deployed again');
  hold
    .command('list')
    .description('show them')
    .argument('[service]', 'SERVICE/ENVIRONMENT')
    .action((service: string | undefined, _options: object, source: Program) =>
      act(load.holdList, { service }, source),
    );
  hold
    .command('lift')
    .description('let one be deployed again')
    .argument('[service]', 'SERVICE/ENVIRONMENT')
    .argument('[revision]', 'its digest, or the beginning of it')
    .action((...[service, revision, , source]: LiftArguments) =>
      act(load.holdLift, { service, revision }, source),
    );
};

const registerProcesses: Registrar = (program, act) => {
  program
    .command('up')
    .description('start what is missing of Temporal, platform and worker; safe to run twice')
    .action((_options: object, source: Program) => act(load.up, {}, source));
  program
    .command('down')
    .description('stop worker and Temporal; the services stay')
    .option('--all', 'the platform and every service with it', false)
    .action((options: { all: boolean }, source: Program) => act(load.down, options, source));
  program
    .command('doctor')
    .description('check everything that Belay needs, and say how to mend it')
    .action((_options: object, source: Program) => act(load.doctor, {}, source));
  program
    .command('platform')
    .description('run the local platform in the foreground')
    .option('--metrics <address:port>', 'serve Prometheus metrics there too (default: off)')
    .action((options: { metrics?: string }, source: Program) =>
      act(load.platform, options, source),
    );
  program
    .command('worker')
    .description('run a worker in the foreground')
    .action((_options: object, source: Program) => act(load.worker, {}, source));
};

function percent(text: string): number {
  const value = Number(text.replace(/\s*%$/, ''));
  if (!Number.isInteger(value) || value < 1 || value > 100) {
    throw new InvalidArgumentError('It is a whole percent, 1 to 100.');
  }
  return value;
}
