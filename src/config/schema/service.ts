import { z } from 'zod';
import { count, seconds, secondsOrNone, text } from './words';

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
const variable = z.string().regex(VARIABLE, 'must hold only letters, digits and underscores');

/** A folder, as a path from the file or as `{files: path}`. */
export const artifact = z.union([folder(), z.strictObject({ files: folder() })]);

/** An argv array: what is run, and its arguments. */
export const run = z.array(z.string().min(1)).min(1);

export const listen = z.int().min(1).max(65_535);

export const urlPath = z
  .string()
  .regex(/^\/[^\s#]*$/, 'must be the path of a URL, beginning with `/`');

export const health = z.strictObject({
  path: urlPath,
  interval: seconds.max(300).optional(),
  timeout: seconds.max(60).optional(),
  healthyAfter: count.max(100).optional(),
  unhealthyAfter: count.max(100).optional(),
});

export const instances = count.max(100);
export const rollbackWindow = secondsOrNone;
export const stopGrace = secondsOrNone.max(3_600);
export const drain = secondsOrNone.max(3_600);
export const startWithin = seconds.max(3_600);

/** Plain values; numbers and booleans become text. */
export const env = z
  .record(variable, z.union([z.string(), z.number(), z.boolean()]))
  .superRefine((block, context) => {
    for (const key of Object.keys(block)) {
      if (key !== 'PORT' && !key.startsWith('BELAY_')) continue;
      context.addIssue({
        code: 'custom',
        path: [key],
        message: 'is set by Belay for each instance',
        params: { suggestion: 'Remove it; an argument may hold `${PORT}`.' },
      });
    }
  });

/** Names only; the values live on the target. */
export const secrets = z.array(variable).superRefine((names, context) => {
  names.forEach((secret, index) => {
    if (names.indexOf(secret) === index) return;
    context.addIssue({ code: 'custom', path: [index], message: `names \`${secret}\` twice` });
  });
});

const ADDRESS = /^(tcp:\/\/[^\s/:]+:\d{1,5}|https?:\/\/[^\s/]+(\/\S*)?)$/;
export const dependsOn = z.array(
  z.string().regex(ADDRESS, 'must be an address: `tcp://host:port`, `http://…` or `https://…`'),
);

function folder(): z.ZodType<string> {
  return text.superRefine((path, context) => {
    if (!path.includes('://')) return;
    context.addIssue({
      code: 'custom',
      message: 'is an address, and this version deploys folders only',
      params: { suggestion: 'Name the folder that holds what is deployed, such as `./dist`.' },
    });
  });
}
