import { createHash } from 'node:crypto';
import { ACCESS_RULES } from './access-rules';
import { DATA_RULES } from './data-rules';
import { DEPLOYMENT_RULES } from './deployment-rules';
import { NETWORK_RULES } from './network-rules';
import type { Rule } from './rule';
import { SERVING_RULES } from './serving-rules';
import { WORKLOAD_RULES } from './workload-rules';

export const ALL_RULES: readonly Rule[] = [
  ...ACCESS_RULES,
  ...DATA_RULES,
  ...DEPLOYMENT_RULES,
  ...NETWORK_RULES,
  ...SERVING_RULES,
  ...WORKLOAD_RULES,
];

/** Changes with what a rule is called, how bad it is and what it says; raise the number when only its test changes. */
const REVISION = 1;

export const RULES_IDENTITY = createHash('sha256')
  .update(JSON.stringify([REVISION, ALL_RULES.map(({ id, severity, fix }) => [id, severity, fix])]))
  .digest('hex')
  .slice(0, 16);
