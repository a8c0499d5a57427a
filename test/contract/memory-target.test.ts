import { createMemoryTarget } from '../../src/adapters/targets/memory/memory-target';
import type { Revision } from '../../src/domain/revision';
import { describeTarget, type TargetUnderTest } from './target.contract';

let under: TargetUnderTest;

beforeEach(() => {
  let nowMs = 1_700_000_000_250;
  let places = 0;
  const target = createMemoryTarget({ clock: () => nowMs });
  const pass = async (ms: number) => {
    nowMs += ms;
  };
  under = {
    ...target,
    nowMs: () => nowMs,
    pass,
    place: async () => {
      places += 1;
      return {
        ref: { service: `shop${places}`, environment: 'production' },
        target: { kind: 'memory' },
      };
    },
    good: async (marker) => {
      const revision = revisionOf(`good ${marker}`);
      target.behave(revision.digest, { startsInMs: 300, lines: ['shop listens'] });
      return revision;
    },
    unhealthy: async () => {
      const revision = revisionOf('unhealthy');
      target.behave(revision.digest, { healthy: false });
      return revision;
    },
    send: async ({ ref }, requests) => {
      // In one go: another wait of the same test must not lie inside it.
      target.setTraffic(ref, requests);
      nowMs += 1_000;
      target.setTraffic(ref, 0);
    },
  };
});

describeTarget('memory', () => under);

function revisionOf(marker: string): Revision {
  return {
    digest: `sha256:${Buffer.from(marker).toString('hex').padEnd(64, '0')}`,
    artifact: `sha256:${'a'.repeat(64)}`,
    command: ['node', 'server.js'],
    env: {},
    secrets: [],
    health: {
      path: '/health',
      intervalMs: 1_000,
      timeoutMs: 500,
      healthyAfter: 1,
      unhealthyAfter: 2,
    },
    stopGraceMs: 1_000,
    commit: null,
  };
}
