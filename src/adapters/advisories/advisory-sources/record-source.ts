import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { errorCode } from '../../error-code';
import { runThread } from '../../inspection/run-thread';
import { threadFile } from '../../inspection/thread-options';
import type { AdvisoryAnswer, AdvisorySource } from '../../../ports/advisory-source';
import type { RecordsAnswer, RecordsOrder } from './answer-from-records';
import { askHttp, type HttpAnswer } from './ask-http';
import { sourceName } from './source-name';
import type { SourceLimits } from './source-limits';

const TIMEOUT_MS = 240_000;
const MEMORY_MB = 2_048;

/** A file of OSV records. */
export function recordFile(path: string): AdvisorySource {
  const name = `advisories in ${basename(path)}`;
  return {
    name,
    async query(components, signal) {
      const file = await fileFacts(path);
      if (file.kind === 'unreadable') return unavailable(name, file.reason);
      const order: RecordsOrder = { from: { kind: 'file', path }, components };
      return answerFrom(order, { name, updatedAtMs: file.modifiedAtMs, signal });
    },
  };
}

/** An address of OSV records. Where nothing can be read there, `orElse` says who else is meant by it. */
export function recordAddress(
  address: string,
  { timeoutMs, maxBytes }: SourceLimits,
  orElse: AdvisorySource,
): AdvisorySource {
  const name = sourceName(address);
  return {
    name,
    async query(components, signal) {
      const answer = await askHttp({ address, timeoutMs, maxBytes }, signal);
      if (isNoDocument(answer)) return orElse.query(components, signal);
      if (answer.kind === 'refused') return unavailable(name, answer.reason);
      const said = `(200, ${answer.contentType})`;
      const order: RecordsOrder = { from: { kind: 'bytes', bytes: answer.body }, components };
      const told = { name, updatedAtMs: answer.lastModifiedMs, signal, said };
      return answerFrom(order, told);
    },
  };
}

/** The base of an OSV API answers so to a GET. */
function isNoDocument(answer: HttpAnswer): boolean {
  return answer.kind === 'refused' && (answer.status === 404 || answer.status === 405);
}

type FileFacts =
  | { readonly kind: 'file'; readonly modifiedAtMs: number }
  | { readonly kind: 'unreadable'; readonly reason: string };

async function fileFacts(path: string): Promise<FileFacts> {
  try {
    const facts = await stat(path);
    return facts.isFile()
      ? { kind: 'file', modifiedAtMs: facts.mtimeMs }
      : { kind: 'unreadable', reason: 'cannot be read: it is no file' };
  } catch (error) {
    return { kind: 'unreadable', reason: `cannot be read (${errorCode(error) ?? 'error'})` };
  }
}

interface Told {
  readonly name: string;
  /** When the file was written or the answer last changed; null where nobody says. */
  readonly updatedAtMs: number | null;
  readonly signal: AbortSignal;
  readonly said?: string;
}

async function answerFrom(
  order: RecordsOrder,
  { name, updatedAtMs, signal, said }: Told,
): Promise<AdvisoryAnswer> {
  const end = await runThread<RecordsAnswer>({
    file: threadFile(__dirname, 'records-thread'),
    data: order,
    timeoutMs: TIMEOUT_MS,
    memoryMb: MEMORY_MB,
    signal,
    progress: () => undefined,
  });
  if (end.kind !== 'result') return unavailable(name, `could not be read: ${end.reason}`);
  const answer = end.result;
  if (answer.kind === 'refused') {
    return unavailable(name, said === undefined ? answer.reason : `${answer.reason} ${said}`);
  }
  if (answer.probe === 'miss') {
    const reason = `${name} holds records that do not even match what they say themselves`;
    return { kind: 'broken', reason };
  }
  return {
    kind: 'answered',
    matches: answer.matches,
    updatedAtMs: Math.max(updatedAtMs ?? 0, answer.modifiedAtMs ?? 0),
    unknownEcosystems: answer.unknownEcosystems,
  };
}

function unavailable(name: string, reason: string): AdvisoryAnswer {
  return { kind: 'unavailable', reason: `${name} ${reason}` };
}
