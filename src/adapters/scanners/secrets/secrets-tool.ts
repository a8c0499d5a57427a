import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type { ToolIdentity } from '../../../domain/checks/scan-report';
import { keyedFingerprint } from '../../inspection/fingerprints';
import { ADDRESS_ROWS } from '../../inspection/secret-rules/address-table';
import { KEYWORD_ROWS } from '../../inspection/secret-rules/keyword-table';
import { PATTERN_ROWS } from '../../inspection/secret-rules/pattern-table';
import { TOKEN_ROWS } from '../../inspection/secret-rules/token-table';

/** Raised whenever what the rules find changes in a way that the tables do not show. */
const ENGINE_VERSION = '2';

/** Changes with the tables, with secretlint, and with the key: results that were kept hold fingerprints made with it. */
export function secretsTool(fingerprintKey: Uint8Array): ToolIdentity {
  return {
    name: 'belay-secrets',
    version: ENGINE_VERSION,
    rules: `${rulesDigest()} ${keyedFingerprint(fingerprintKey, ['secrets'])}`,
    dataUpdatedAtMs: null,
    dataSource: null,
  };
}

function rulesDigest(): string {
  const patterns = PATTERN_ROWS.map((row) => [
    row.id,
    row.severity,
    row.words,
    String(row.pattern),
  ]);
  const { version } = secretlint();
  const rules = JSON.stringify([TOKEN_ROWS, ADDRESS_ROWS, KEYWORD_ROWS, patterns, version]);
  return createHash('sha256').update(rules).digest('hex').slice(0, 16);
}

function secretlint(): { readonly version: string } {
  return createRequire(__filename)('@secretlint/core/package.json') as { version: string };
}
