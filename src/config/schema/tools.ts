import { z } from 'zod';
import { SCANNERS } from '../../domain/checks/catalog';
import { argv, placeholderIssue } from './argv';
import { name, seconds, text, type Mistake } from './words';

/** A scanner of the user's own: a command that Belay runs, or a SARIF file that another machine wrote. */
const tool = z
  .strictObject({
    name,
    scanner: z.enum(SCANNERS),
    command: argv.optional(),
    sarif: text.optional(),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits in small letters')
      .optional(),
    timeout: seconds.optional(),
    exitCodes: z.array(z.int().min(0).max(255)).min(1).optional(),
    required: z.boolean().optional(),
  })
  .superRefine((block, context) => {
    for (const { path, ...issue } of toolIssues(block)) {
      context.addIssue({ code: 'custom', path, ...issue });
    }
  });

export const tools = z.array(tool).superRefine((all, context) => {
  all.forEach(({ name: own }, index) => {
    const first = all.findIndex((other) => other.name === own);
    if (first === index) return;
    context.addIssue({
      code: 'custom',
      path: [index, 'name'],
      message: `is the second tool called "${own}"`,
      params: { suggestion: 'Give it another name.' },
    });
  });
});

export type ToolBlock = z.infer<typeof tool>;

type Placed = Mistake & { readonly path: string[] };

interface Forms {
  readonly command?: readonly string[] | undefined;
  readonly sarif?: string | undefined;
  readonly sha256?: string | undefined;
  readonly timeout?: number | undefined;
  readonly exitCodes?: readonly number[] | undefined;
}

function toolIssues(block: Forms): readonly Placed[] {
  const { command, sarif } = block;
  if (command === undefined && sarif === undefined) return [{ ...NOTHING, path: [] }];
  if (command !== undefined && sarif !== undefined) return [{ ...BOTH, path: ['sarif'] }];
  if (command === undefined) return runKeys(block);
  const issue =
    placeholderIssue(command, '{report}', 'where it writes its SARIF') ?? programIssue(command);
  return issue === null ? [] : [{ ...issue, path: ['command'] }];
}

/** Seen from which folder? The one that is checked must not bring what checks it. */
function programIssue([program = '']: readonly string[]): Mistake | null {
  if (program.startsWith('/') || !program.includes('/')) return null;
  return {
    message: 'begins with a path that is not absolute',
    params: { suggestion: 'Write the whole path, or a name that is found on PATH.' },
  };
}

/** What only a command can have. */
function runKeys(block: Forms): readonly Placed[] {
  const keys = ['sha256', 'timeout', 'exitCodes'] as const;
  return keys
    .filter((key) => block[key] !== undefined)
    .map((key) => ({
      path: [key],
      message: 'is about a `command`, and this tool is a file',
      params: { suggestion: 'Remove it.' },
    }));
}

const NOTHING: Mistake = {
  message: 'names neither a `command` nor a `sarif` file',
  params: {
    suggestion: 'Add `command: [tool, "{root}", "{report}"]`, or `sarif: reports/tool.sarif`.',
  },
};

const BOTH: Mistake = {
  message:
    'stands beside `command`: either Belay runs the tool, or it reads what was written elsewhere',
  params: { suggestion: 'Keep one of the two.' },
};
