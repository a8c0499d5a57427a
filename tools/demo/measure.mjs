import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { readInstanceLogIds } from '../load/instance-log.mjs';
import { readRecords } from './records.mjs';
import { tally } from './tally.mjs';

/** The load goes on a little, so that the last scenario's end is seen from outside too. */
const afterMs = 1_000;

/** Ends the load (unless it is to be kept) and tallies what it and the instances have written down. */
export async function measure({ stage, played, signal }, { keep }) {
  if (stage === null) return tally({ played: [], records: [], instanceLogIds: new Set() });
  if (!signal.aborted) await sleep(afterMs);
  if (!keep) await stage.stopLoad();
  const records = await readRecords(stage.recordsFile);
  const instanceLogIds = await readInstanceLogIds(join(stage.home, 'platform', 'logs')).catch(
    (error) => {
      if (error.code === 'ENOENT' && records.length === 0) return new Set();
      throw error;
    },
  );
  return tally({ played, records, instanceLogIds });
}
