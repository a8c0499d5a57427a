import type { ActivityDependencies } from '../../../src/activities/dependencies';
import { createMemoryTarget } from '../../../src/adapters/targets/memory/memory-target';
import { parseFault } from '../../support/faults/fault';
import { withFault } from '../../support/faults/with-fault';

const REF = { service: 'shop', environment: 'production' };
const { signal } = new AbortController();

class Died extends Error {}

function faulty(fault: string) {
  const { fleet, router, journal } = createMemoryTarget({ clock: () => 0 });
  const dependencies = { fleet, router } as ActivityDependencies;
  const die = (): Promise<never> => Promise.reject(new Died());
  const ports = withFault(dependencies, parseFault(fault), die);
  return { ...ports, effects: () => journal.map(({ effect }) => effect) };
}

const claim = (after: number) => ({ ref: REF, deploymentId: 'd', runId: `run-${after}`, after });

test('before an effect: it dies, and nothing has happened', async () => {
  const { router, effects } = faulty('before router.claim');
  await expect(router.claim(claim(0), signal)).rejects.toThrow(Died);
  expect(effects()).toEqual([]);
});

test('after an effect: it has happened, and it dies without an answer', async () => {
  const { router, effects } = faulty('after router.claim');
  await expect(router.claim(claim(0), signal)).rejects.toThrow(Died);
  expect(effects()).toEqual(['claim']);
});

test('the second one counts other orders only, not a repeat of the first', async () => {
  const { router, effects } = faulty('before router.claim 2');
  await router.claim(claim(0), signal);
  await router.claim(claim(0), signal);
  await expect(router.claim(claim(1), signal)).rejects.toThrow(Died);
  expect(effects()).toEqual(['claim']);
});

test('it dies once: what comes after that is as it was', async () => {
  const { router } = faulty('after router.claim');
  await expect(router.claim(claim(0), signal)).rejects.toThrow(Died);
  await expect(router.claim(claim(0), signal)).resolves.toMatchObject({ epoch: 1 });
  await expect(router.claim(claim(1), signal)).resolves.toMatchObject({ epoch: 2 });
});

test.each(['after router', 'during router.claim', 'after router.observe', 'before disk.write 2'])(
  'a fault "%s" is refused, so that no test waits for what never comes',
  (text) => {
    expect(() => parseFault(text)).toThrow(text);
  },
);
