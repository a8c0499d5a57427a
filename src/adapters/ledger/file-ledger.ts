import { readdir } from 'node:fs/promises';
import { parseDeploymentId } from '../../domain/deployment-id';
import { completedRecord } from '../../domain/history/completed-record';
import { homeLayout } from '../../domain/home-layout';
import { isMissing, readFileIfAny, replaceFile, safeName } from '../durable-file';
import { belongsTo, closed, compareText, newestFirst } from '../ledger-rules';
import type { LedgerRecord } from '../../domain/ledger-record';
import type { Ledger, LedgerFilter } from '../../ports/ledger';

export interface FileLedgerOptions {
  /** `BELAY_HOME`; its folder `ledger` holds one `DEPLOYMENT.json` a deployment. */
  readonly home: string;
}

/** The file names are the index: an id begins with service and environment and ends in a sortable ULID. */
export function createFileLedger({ home }: FileLedgerOptions): Ledger {
  const folder = homeLayout(home).ledger;
  const pathOf = (deploymentId: string): string => `${folder}/${safeName(deploymentId)}.json`;
  const find = async (deploymentId: string): Promise<LedgerRecord | null> =>
    ours(await readFound(pathOf(deploymentId)));
  const write = (record: LedgerRecord): Promise<void> =>
    replaceFile(pathOf(record.deploymentId), `${JSON.stringify(record, null, 2)}\n`);

  return {
    find,
    async open(opening) {
      if ((await readFound(pathOf(opening.deploymentId))) !== null) return;
      await write({ ...opening, closing: null });
    },
    async close(deploymentId, closing) {
      const found = await readFound(pathOf(deploymentId));
      if (found !== 'of another version') await write(closed(found, deploymentId, closing));
    },
    async list(filter) {
      const records: LedgerRecord[] = [];
      for (const name of await namesOf(folder, filter)) {
        if (records.length >= filter.limit) break;
        const record = ours(await readFound(`${folder}/${name}`));
        if (record !== null && belongsTo(record, filter)) records.push(record);
      }
      return records.sort(newestFirst);
    },
  };
}

/** The newest names first; `a-b/c` and `a/b-c` share a beginning, so the records have the last word. */
async function namesOf(folder: string, filter: LedgerFilter): Promise<string[]> {
  const { service, environment, sinceMs = 0 } = filter;
  const beginning = safeName(environment === null ? `${service}-` : `${service}-${environment}-`);
  const names = await namesIn(folder);
  return names
    .filter((name) => name.startsWith(beginning) && name.endsWith(ENDING))
    .filter((name) => !isOlder(name, sinceMs - CLOCKS_DIFFER_MS))
    .sort((a, b) => compareText(ulidOf(b), ulidOf(a)));
}

const ENDING = '.json';
/** An id is minted by the client's clock; the record says when it was asked for. */
const CLOCKS_DIFFER_MS = 24 * 60 * 60_000;

/** Spares the reading of what is certainly too old. */
function isOlder(name: string, thanMs: number): boolean {
  const id = parseDeploymentId(name.slice(0, -ENDING.length));
  return id !== null && id.mintedAtMs < thanMs;
}

function ulidOf(name: string): string {
  return name.slice(name.lastIndexOf('-'));
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** What another version of Belay wrote is neither read nor touched: the version that knows it will need it again. */
type Found = LedgerRecord | 'of another version' | null;

/** Null also for a file that no process finished: it is as good as none and will be written again. */
async function readFound(path: string): Promise<Found> {
  const text = await readFileIfAny(path);
  try {
    const record = JSON.parse(text ?? 'null') as LedgerRecord | LaterRecord | null;
    if (record === null) return null;
    return isOurs(record) ? completedRecord(record) : 'of another version';
  } catch {
    return null;
  }
}

interface LaterRecord {
  readonly recordVersion: unknown;
}

function isOurs(record: LedgerRecord | LaterRecord): record is LedgerRecord {
  return record.recordVersion === 1;
}

function ours(found: Found): LedgerRecord | null {
  return found === 'of another version' ? null : found;
}
