/** Every effect that a worker can die at, as `port.method`. */
export const EFFECTS = {
  fleet: ['ensure', 'reduce', 'park', 'retire'],
  router: [
    'claim',
    'release',
    'ensureRoute',
    'setWeights',
    'queueRequests',
    'releaseRequests',
    'drain',
  ],
  records: ['setStable', 'setWarm', 'hold'],
  ledger: ['open', 'close'],
} as const;

export type FaultyPort = keyof typeof EFFECTS;

/** One crash of one worker. */
export interface Fault {
  /** `after`: it has happened, and nobody has heard of it. */
  readonly moment: 'before' | 'after';
  readonly port: FaultyPort;
  readonly method: string;
  /** Which one of those in this worker's life, from 1; a repeat of the same order does not count. */
  readonly number: number;
}

/** Read by `worker-main.ts` and by nothing else. */
export const FAULT_VARIABLE = 'BELAY_TEST_FAULT';

/** `after router.setWeights 2`; without a number the first one. @throws Error for anything else */
export function parseFault(text: string): Fault {
  const [, moment, port, method, number = '1'] =
    /^(before|after) (\w+)[.](\w+)(?: (\d+))?$/.exec(text) ?? [];
  const methods: readonly string[] = isPort(port) ? EFFECTS[port] : [];
  if (!isPort(port) || method === undefined || !methods.includes(method)) {
    throw new Error(`there is no fault "${text}"`);
  }
  return { moment: moment === 'after' ? 'after' : 'before', port, method, number: Number(number) };
}

function isPort(name: string | undefined): name is FaultyPort {
  return name !== undefined && name in EFFECTS;
}
