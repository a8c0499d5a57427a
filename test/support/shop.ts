import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Criterion } from '../../src/domain/analysis/criterion';
import type { DeploymentRequest } from '../../src/domain/deployment';
import type { CanaryConfig } from '../../src/domain/rollout/strategy';
import { aRequest } from './requests';

/** The four revisions of the example service as artifact folders: 1, 2 and 4 are good, 3 is bad. */
export function shopArtifacts(): readonly string[] {
  const build = join(__dirname, '..', '..', 'examples', 'shop', 'build.mjs');
  const out = mkdtempSync(join(tmpdir(), 'belay-shop-'));
  return execFileSync(process.execPath, [build, out], { encoding: 'utf8' }).trim().split('\n');
}

/** A deployment of one of them. */
export function aShopRequest(
  shop: { readonly path: string; readonly port: number },
  change: Partial<DeploymentRequest> = {},
): DeploymentRequest {
  const base = aRequest();
  return aRequest({
    artifact: { kind: 'files', path: shop.path, commit: null },
    run: {
      ...base.run,
      command: ['node', 'server.js'],
      // A busy machine answers late, and that is no fault of the shop.
      health: { ...base.run.health, timeoutMs: 5_000 },
    },
    target: { kind: 'local', listen: shop.port },
    criteria: GUARDS,
    ...change,
  });
}

/** Steps short enough for a test, long enough to be interrupted. */
export const SHORT_CANARY: CanaryConfig = {
  kind: 'canary',
  steps: [10, 50].map((weight) => ({
    weight,
    bake: { leastMs: 6_000, longestMs: 120_000, minimumRequests: 20 },
  })),
};

export const GUARDS: readonly Criterion[] = [
  {
    id: 'automatic/error_rate',
    metric: 'error_rate',
    threshold: 4,
    unit: 'percent',
    badWhen: 'above',
    comparison: 'absolute',
    source: null,
    durationMs: 5_000,
    severity: 'critical',
    action: 'rollback',
    minimumSamples: 20,
    alsoWhenBaselineBreaches: false,
  },
];
