import { readFile, stat } from 'node:fs/promises';
import { minimumSamples } from '../config/minimum-samples';
import { judgeAnalysisFile, type FileVerdict } from '../domain/analysis-file/judge-analysis-file';
import { readAnalysisFile } from '../domain/analysis-file/read-analysis-file';
import type { Problem } from '../domain/analysis-file/structure';
import { BelayError } from '../domain/errors';

export interface JudgedFile {
  readonly verdict: FileVerdict;
  readonly windowCount: number;
  /** Keys of the configuration that this judge does not use. */
  readonly unused: readonly string[];
}

const MOST_BYTES = 200_000_000;

/**
 * Judges the recording in a file.
 * @throws BelayError `USAGE` where it cannot be read, or is no recording, with every place that is wrong
 */
export async function judgeFile(path: string): Promise<JudgedFile> {
  const reading = readAnalysisFile(await readDocument(path), { minimumSamples });
  if (reading.kind === 'broken') throw broken(path, reading.problems);
  const { config, windowCount } = reading.file;
  return { verdict: judgeAnalysisFile(reading.file), windowCount, unused: config.unused };
}

async function readDocument(path: string): Promise<unknown> {
  const { size } = await stat(path);
  if (size > MOST_BYTES) throw unreadable(path, `is larger than ${MOST_BYTES} bytes`);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    const { code = 'unknown error' } = cause as { readonly code?: string };
    throw unreadable(path, `cannot be read (${code})`, 'Name a file that you may read.');
  });
  const json = text.replace(/^\uFEFF/, '');
  const document = parse(json);
  if (document !== undefined) return document;
  const mended = parse(withoutBareNumbers(json));
  if (mended === undefined) throw unreadable(path, 'is no JSON');
  return mended;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Said by the caller, in our own words: a parser's message would quote the file.
    return undefined;
  }
}

/** Python and others write NaN and Infinity as they are, which is no JSON: they become texts, which are no numbers either. */
function withoutBareNumbers(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:Infinity|NaN)\b/g, (token) =>
    token.startsWith('"') ? token : `"${token}"`,
  );
}

const NOTHING_JUDGED = 'Nothing was judged; traffic is not touched by `judge`.';
const FORMAT = 'docs/judge.md has the format.';

function unreadable(path: string, why: string, next = FORMAT): BelayError {
  return new BelayError('USAGE', `${path} ${why}. ${NOTHING_JUDGED}`, { next });
}

function broken(path: string, problems: readonly Problem[]): BelayError {
  const said = problems.map((problem) => `${problem.path} ${problem.rule}`).join('; ');
  return new BelayError('USAGE', `${path} is no recording: ${said}. ${NOTHING_JUDGED}`, {
    next: FORMAT,
    details: { problems },
  });
}
