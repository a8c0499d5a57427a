import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version of this installation, from its package.json. */
export function ownVersion(): string {
  const text = readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
