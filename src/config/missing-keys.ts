import { BelayError } from '../domain/errors';

const EXAMPLES: Readonly<Record<string, string>> = {
  service: 'service: shop',
  artifact: 'artifact: ./dist',
  run: 'run: [node, server.js]',
  listen: 'listen: 8080',
  health: 'health: { path: /health }',
};

/** `CONFIG_MISSING`: the keys that a deployment needs, each with a line to start from. */
export function missingKeys(file: string, keys: readonly string[]): BelayError {
  const named = keys.map((key) => `\`${key}\``).join(', ');
  return new BelayError(
    'CONFIG_MISSING',
    `${file} does not say ${named}, and a deployment needs ${keys.length === 1 ? 'it' : 'them'}. Nothing was started.`,
    {
      next: [
        'Add to the file, for example:',
        ...keys.map((key) => `  ${EXAMPLES[key] ?? key}`),
      ].join('\n'),
      details: { missing: keys },
    },
  );
}
