import type { Gate } from '../domain/checks/gate';
import { metricOfGate } from './schema/gates';
import type { GateBlock, GatesBlock } from './schema/gates';

/** Whatever else a file leaves out, a secret in the artifact blocks. */
const DEFAULT_GATES: readonly Gate[] = [
  { name: 'Secret Detection', metric: 'secrets', threshold: 0, blocking: true, onMissing: 'fail' },
];

/** The gates of the three groups in one list; a gate blocks unless it says otherwise. */
export function readGates(block: GatesBlock | undefined): readonly Gate[] {
  if (block === undefined) return DEFAULT_GATES;
  const { build = [], security = [], performance = [] } = block;
  return [...build, ...security, ...performance].flatMap(readGate);
}

function readGate(block: GateBlock): Gate[] {
  const metric = metricOfGate(block);
  if (metric === null) return [];
  const blocking = block.blocking ?? true;
  const onMissing = block.onMissing ?? (blocking ? 'fail' : 'warn');
  return [
    {
      name: block.name,
      metric,
      threshold: block.threshold,
      blocking,
      onMissing: onMissing === 'fail' ? 'fail' : 'warn',
    },
  ];
}
