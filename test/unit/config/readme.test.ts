import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requestFor } from '../../../src/config/assemble-request';
import { parse, ROOT } from './support';

const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const [text = ''] = [...readme.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, yaml = '']) => yaml);

describe("the README's belay.yaml", () => {
  const config = parse(text);
  const request = requestFor(config, { environment: 'production' });

  test('can be deployed as it stands, without a word about what it leaves out', () => {
    expect(config.environments.map(({ name }) => name)).toEqual(['production']);
    expect(request.run.command).toEqual(['node', 'server.js']);
    expect(request.notes).toEqual([]);
  });

  test('means what its comments say: percent, seconds, milliseconds', () => {
    expect(request.criteria).toMatchObject([
      { metric: 'error_rate', threshold: 5, durationMs: 60_000, action: 'rollback' },
      { metric: 'response_time_p99', threshold: 2_000, durationMs: 60_000, action: 'rollback' },
    ]);
    expect(request.strategy).toMatchObject({
      kind: 'canary',
      steps: [
        { weight: 5, bake: { leastMs: 60_000 } },
        { weight: 50, bake: { leastMs: 60_000 } },
      ],
    });
  });

  test('waits for one of its two approvers', () => {
    expect(request.approval).toMatchObject({ approvers: ['alice', 'bob'], quorum: 1 });
  });
});
