import { z } from 'zod';
import { argv, placeholderIssue } from './argv';
import { glob } from './glob';
import { count, seconds } from './words';

const syntax = z
  .strictObject({ files: glob, command: argv, timeout: seconds.optional() })
  .superRefine(({ command }, context) => {
    const issue = placeholderIssue(command, '{files}', 'where the files to look at are put');
    if (issue) context.addIssue({ code: 'custom', path: ['command'], ...issue });
  });

/** The specification's block, and what is built and looked at with commands of the user's own. */
export const buildBlock = z.strictObject({
  command: argv.optional(),
  timeout: seconds.optional(),
  parallelJobs: count.max(64).optional(),
  cacheEnabled: z.boolean().optional(),
  artifactRetention: z
    .string()
    .regex(/^\d+d$/, 'must be a number of days such as `30d`')
    .optional(),
  syntax: z.array(syntax).optional(),
});

export type BuildBlock = z.infer<typeof buildBlock>;
