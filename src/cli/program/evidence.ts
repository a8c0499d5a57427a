import { InvalidArgumentError, type Command as Program } from 'commander';
import { load } from '../lazy-commands';
import type { Registrar } from './registrar';

interface EvidenceFlags {
  readonly out: string;
  readonly commit?: string;
  readonly unitJunit?: string;
  readonly integrationJunit?: string;
  readonly coverage?: string;
  readonly sarif: readonly string[];
  readonly sbom?: string;
}

/** `evidence`. */
export const registerEvidence: Registrar = (program, act) => {
  program
    .command('evidence')
    .argument('<folder>', 'what will be deployed')
    .description('bind the reports of CI to the bytes and the commit that they are about')
    .requiredOption('--out <file>', 'the document to write; the reports stay where they are')
    .option('--commit <sha>', 'the whole id (default: the commit of the work tree)', commit)
    .option('--unit-junit <file>', 'JUnit XML of the unit tests')
    .option('--integration-junit <file>', 'JUnit XML of the integration tests')
    .option('--coverage <file>', 'of the unit tests: istanbul, lcov or Cobertura')
    .option('--sarif <file>', 'SARIF 2.1.0 of a scanner; repeatable', collect, [])
    .option('--sbom <file>', 'a CycloneDX bill of materials')
    .action((folder: string, flags: EvidenceFlags, source: Program) =>
      act(
        load.evidence,
        {
          folder,
          out: flags.out,
          commit: flags.commit,
          unitJunit: flags.unitJunit,
          integrationJunit: flags.integrationJunit,
          coverage: flags.coverage,
          sarif: flags.sarif,
          sbom: flags.sbom,
        },
        source,
      ),
    );
};

function commit(text: string): string {
  const id = text.toLowerCase();
  if (/^[0-9a-f]{40,64}$/.test(id)) return id;
  throw new InvalidArgumentError('It is the whole id of a commit, 40 or 64 hexadecimal digits.');
}

function collect(one: string, others: readonly string[]): readonly string[] {
  return [...others, one];
}
