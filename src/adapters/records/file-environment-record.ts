import type { ServiceRef } from '../../domain/deployment';
import { homeLayout } from '../../domain/home-layout';
import type { ServiceRecord } from '../../domain/service-record';
import type { EnvironmentRecord } from '../../ports/environment-record';
import { openAppendLog } from '../append-log';
import { safeName } from '../durable-file';
import {
  applyChange,
  changesNothing,
  EMPTY_RECORD,
  hasHold,
  type RecordChange,
} from '../service-record';

export interface FileEnvironmentRecordOptions {
  /** `BELAY_HOME`; its folder `records` holds one `SERVICE/ENVIRONMENT.jsonl` a service and environment. */
  readonly home: string;
}

/**
 * The record is the sum of its changes, one line each: processes that write at the same time only ever add, so none
 * loses the other's hold, and there is no lock that a dead process could leave behind.
 */
export function createFileEnvironmentRecord({
  home,
}: FileEnvironmentRecordOptions): EnvironmentRecord {
  const folder = homeLayout(home).records;
  const pathOf = (ref: ServiceRef): string =>
    `${folder}/${safeName(ref.service)}/${safeName(ref.environment)}.jsonl`;

  const read = async (ref: ServiceRef): Promise<ServiceRecord> => {
    const { values } = await openAppendLog(pathOf(ref)).readNew();
    return values.filter(isChange).reduce(applyChange, EMPTY_RECORD);
  };

  const change = async (ref: ServiceRef, what: RecordChange): Promise<ServiceRecord> => {
    const before = await read(ref);
    if (!changesNothing(before, what)) await openAppendLog(pathOf(ref)).append(what);
    return before;
  };

  return {
    read,
    async setStable(ref, entry) {
      await change(ref, { change: 'stable', entry });
    },
    async setWarm(ref, entry) {
      await change(ref, { change: 'warm', entry });
    },
    async hold(ref, hold) {
      await change(ref, { change: 'hold', hold });
    },
    async lift(ref, revision) {
      return hasHold(await change(ref, { change: 'lift', revision }), revision);
    },
  };
}

function isChange(value: unknown): value is RecordChange {
  const known: readonly unknown[] = ['stable', 'warm', 'hold', 'lift'];
  return (
    typeof value === 'object' && value !== null && 'change' in value && known.includes(value.change)
  );
}
