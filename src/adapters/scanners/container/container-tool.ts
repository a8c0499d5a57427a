import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type { ToolIdentity } from '../../../domain/checks/scan-report';
import { keyedFingerprint } from '../../inspection/fingerprints';
import { KEYWORD_ROWS } from '../../inspection/secret-rules/keyword-table';
import { PATTERN_ROWS } from '../../inspection/secret-rules/pattern-table';
import { TOKEN_ROWS } from '../../inspection/secret-rules/token-table';
import { DOCKERFILE_RULES } from './dockerfile-rules/apply-dockerfile-rules';
import { CONFIG_RULES } from './image/config-findings';
import { ENTRY_RULES } from './image/entry-problems';
import { SETUID_RULE } from './image/layer-findings';
import { REFERENCE_RULE } from './references/reference-findings';

/** Raised whenever what the rules find changes in a way that the tables do not show. */
const ENGINE_VERSION = '2';

/** Changes with the rules, also those for secrets in layers, and with the key that fingerprints are made with. */
export function containerTool(fingerprintKey: Uint8Array): ToolIdentity {
  return {
    name: 'belay-container',
    version: ENGINE_VERSION,
    rules: `${rulesDigest()} ${keyedFingerprint(fingerprintKey, ['container'])}`,
    dataUpdatedAtMs: null,
    dataSource: null,
  };
}

function rulesDigest(): string {
  const own = [
    ...DOCKERFILE_RULES,
    ...CONFIG_RULES,
    ...Object.values(ENTRY_RULES),
    SETUID_RULE,
    REFERENCE_RULE,
  ].map(({ id, severity, title, fix }) => [id, severity, title, fix]);
  const patterns = PATTERN_ROWS.map(({ id, pattern }) => [id, String(pattern)]);
  const { version } = createRequire(__filename)('@secretlint/core/package.json') as {
    version: string;
  };
  return createHash('sha256')
    .update(JSON.stringify([own, TOKEN_ROWS, KEYWORD_ROWS, patterns, version]))
    .digest('hex')
    .slice(0, 16);
}
