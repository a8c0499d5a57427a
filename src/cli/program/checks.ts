import { Option, type Command as Program } from 'commander';
import { load } from '../lazy-commands';
import type { DocumentFormat } from '../output/terminal';
import type { Act } from './registrar';

interface VerifyFlags {
  readonly environment?: string;
  readonly config?: string | boolean;
  readonly advisories?: string;
  readonly evidence: readonly string[];
  readonly baseline?: string;
  readonly cache: boolean;
  readonly sbom?: string;
  readonly report?: string;
}

/** `verify` and `report`. */
export function registerChecks(program: Program, act: Act): void {
  program
    .command('verify')
    .argument('<folder>', 'what is deployed')
    .description('run every check over a folder, without Temporal; exit 0 passed, 5 blocked')
    .option('-e, --environment <name>', 'whose rules count (default: the first of belay.yaml)')
    .option('--config <file>', 'the configuration (default: belay.yaml of -C, else of the folder)')
    .option('--no-config', 'no configuration: the default checks and gates')
    .option('--advisories <source>', 'OSV records or an OSV zip: an address or a file')
    .option('--evidence <file>', 'what CI measured (`belay evidence`); repeatable', collect, [])
    .option('--baseline <file>', 'an earlier answer as JSON, for gates that compare')
    .option('--no-cache', 'look at everything again')
    .option('--sbom <file>', 'write the bill of materials (CycloneDX 1.6)')
    .option('--report <file>', 'write the report as one HTML page')
    .action((folder: string, flags: VerifyFlags, source: Program) =>
      act(
        load.verify,
        {
          folder,
          format: formatOf(source),
          environment: flags.environment,
          config: typeof flags.config === 'string' ? flags.config : configOff(flags),
          advisories: flags.advisories,
          evidence: flags.evidence,
          baseline: flags.baseline,
          cache: flags.cache,
          sbom: flags.sbom,
          report: flags.report,
        },
        source,
      ),
    );
  program
    .command('report')
    .argument('<what>', 'a deployment id, SERVICE/ENVIRONMENT (the newest), or a folder')
    .description('show what the checks found, with place and fix; or all of it as a page')
    .option('--file <file>', 'write it there instead of on stdout')
    .addOption(
      new Option(
        '--html <file>',
        'write the page of the deployment: charts, verdicts, timeline',
      ).conflicts('file'),
    )
    .action((what: string, { file, html }: ReportFlags, source: Program) =>
      act(load.report, { what, format: formatOf(source), file, html }, source),
    );
}

interface ReportFlags {
  readonly file?: string;
  readonly html?: string;
}

function configOff({ config }: VerifyFlags): false | undefined {
  return config === false ? false : undefined;
}

function formatOf(source: Program): DocumentFormat {
  return source.optsWithGlobals<{ readonly output: DocumentFormat }>().output;
}

function collect(one: string, others: readonly string[]): readonly string[] {
  return [...others, one];
}
