import type { ArmWindow } from '../analysis/window';

/** Whose requests something rests on. */
export type Basis = 'users' | 'probes';

/** The same windows, with probes in the place of users' requests; without those that nobody probed. */
export function onProbes(windows: readonly ArmWindow[]): readonly ArmWindow[] {
  return windows.flatMap(({ probes, ...window }) =>
    probes === undefined ? [] : [{ ...window, ...probes }],
  );
}
