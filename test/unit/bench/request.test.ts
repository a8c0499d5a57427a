import { MOMENTS } from '../../../bench/rollback/moments.mjs';
import { requestFor } from '../../../bench/rollback/request.mjs';
import { requestFor as requestOf } from '../../../src/config/assemble-request';
import { parseConfig } from '../../../src/config/parse-config';

const asked = { deploymentId: 'shop-bench-1', requestedAtMs: 1, artifact: '/tmp/1', port: 8123 };
const shop = { ...asked, environment: 'bench', label: 'round-1', random: () => 0.7 };
const whoAsks = ['deploymentId', 'requestKey', 'initiator', 'reason', 'requestedAtMs'];
const file = `service: shop
artifact: ./dist
run: [node, server.js]
listen: 8123
health: { path: /health }
`;

test.each([null, ...MOMENTS])(
  'a request of the benchmark holds every field that one from belay.yaml does (%s)',
  (moment) => {
    const own = requestFor({ ...shop, moment });
    const usual = requestOf(parseConfig(file, { file: 'belay.yaml' }), {});
    expect(Object.keys(own).sort()).toEqual(
      [...new Set([...Object.keys(usual), ...whoAsks, 'schemaVersion'])].sort(),
    );
  },
);
