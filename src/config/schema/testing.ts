import { z } from 'zod';
import { argv } from './argv';
import { percent, seconds, text, type Mistake } from './words';

const unitTests = z
  .strictObject({
    command: argv.optional(),
    report: text.optional(),
    coverageReport: text.optional(),
    timeout: seconds.optional(),
    coverage: percent.optional(),
    parallel: z.boolean().optional(),
  })
  .superRefine(refuseHalfSuite);

const integrationTests = z
  .strictObject({
    command: argv.optional(),
    report: text.optional(),
    seed: argv.optional(),
    timeout: seconds.optional(),
    environments: z.array(text).min(1).optional(),
    dataSeeding: z.boolean().optional(),
  })
  .superRefine(refuseHalfSuite)
  .superRefine(({ command, seed, dataSeeding }, context) => {
    if (command === undefined || dataSeeding !== true || seed !== undefined) return;
    context.addIssue({
      code: 'custom',
      path: ['dataSeeding'],
      message: 'asks for data, and no `seed` says which command brings it',
      params: { suggestion: 'Add `seed: [node, seed.js]`, or write `dataSeeding: false`.' },
    });
  });

/** The specification's block. Without a command it only says what a gate would ask for. */
export const testingBlock = z
  .strictObject({
    unitTests: unitTests.optional(),
    integrationTests: integrationTests.optional(),
    evidence: z.array(text).optional(),
  })
  .superRefine(({ unitTests: unit, evidence = [] }, context) => {
    const { command, coverage, coverageReport } = unit ?? {};
    if (command === undefined || coverage === undefined) return;
    if (coverageReport !== undefined || evidence.length > 0) return;
    context.addIssue({
      code: 'custom',
      path: ['unitTests', 'coverage'],
      message: 'asks for a coverage that nothing measures',
      params: {
        suggestion:
          'Name what the command writes, such as `coverageReport: coverage/coverage-summary.json`, or remove it.',
      },
    });
  });

export type TestingBlock = z.infer<typeof testingBlock>;

interface Suite {
  readonly command?: readonly string[] | undefined;
  readonly report?: string | undefined;
  readonly coverageReport?: string | undefined;
}

/** A command without a report proves nothing, and a report without a command belongs to CI. */
function refuseHalfSuite(suite: Suite, context: z.RefinementCtx): void {
  const { command, report } = suite;
  if (command !== undefined && report === undefined) {
    context.addIssue({ code: 'custom', path: ['command'], ...NO_REPORT });
  }
  if (command !== undefined) return;
  for (const key of ['report', 'coverageReport'] as const) {
    if (suite[key] !== undefined) context.addIssue({ code: 'custom', path: [key], ...NO_COMMAND });
  }
}

const NO_REPORT: Mistake = {
  message: 'stands without `report`: an exit code does not say that a test ran',
  params: { suggestion: 'Name the JUnit XML that it writes, such as `report: reports/junit.xml`.' },
};

const NO_COMMAND: Mistake = {
  message: 'stands without `command`: a file that lies there may be of any day and any commit',
  params: {
    suggestion:
      'Add the `command` that writes it, or let CI bind it with `belay evidence` and name that file under `testing.evidence`.',
  },
};
