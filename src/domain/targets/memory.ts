import type { TargetCapabilities } from './capabilities';
import { LOCAL_TARGET } from './local';

/** The target of tests and of `simulate`: can what the local one can. */
export const MEMORY_TARGET: TargetCapabilities = { ...LOCAL_TARGET, kind: 'memory' };
