import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { Finding } from '../../../domain/checks/finding';
import { archiveKind } from '../../inspection/inventory/archive-kind';
import { oncePerFingerprint, type WindowRules } from '../../inspection/secret-rules/secret-rules';
import { textWindows } from '../../inspection/secret-rules/text-window';
import { isPlainText, textEncoding, type TextEncoding } from '../../inspection/text-encoding';
import type { ScanFile } from './scan-order';

export type Looked =
  | { readonly kind: 'covered'; readonly findings: readonly Finding[] }
  | { readonly kind: 'skipped'; readonly reason: string; readonly allowed: boolean };

const HEAD_BYTES = 8_192;
const PIECE_BYTES = 1 << 20;

/** Looks at one file of the tree or at one text in memory; a long text is never in memory as a whole. */
export async function lookAt(
  file: ScanFile,
  { root, maxTextBytes, rules }: { root: string; maxTextBytes: number; rules: WindowRules },
): Promise<Looked> {
  if (file.text !== null) return covered(file.path, [file.text], rules);
  const handle = await open(
    `${root}/${file.path}`,
    constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
  );
  try {
    const status = await handle.stat();
    if (!status.isFile()) return { kind: 'skipped', reason: 'no longer a file', allowed: false };
    const encoding = await encodingOf(handle, file);
    if (encoding === null) return { kind: 'skipped', reason: noText(file), allowed: true };
    if (status.size > maxTextBytes) return tooLarge(status.size, maxTextBytes);
    return await covered(file.path, piecesOf(handle, encoding), rules);
  } finally {
    await handle.close();
  }
}

/**
 * Null for content that no text rule applies to. What has the name of a text is looked at, whatever is in it; what has
 * only the name or the first letters of an archive, too.
 */
async function encodingOf(handle: FileHandle, { kind }: ScanFile): Promise<TextEncoding | null> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  const head = buffer.subarray(0, bytesRead);
  const encoding = textEncoding(head);
  if (kind === 'archive') return archiveKind(head) && !isPlainText(head) ? null : encoding;
  return encoding === null && kind !== 'binary' ? 'utf-8' : encoding;
}

/** No text rule applies to either. */
function noText({ kind }: ScanFile): string {
  return kind === 'archive' ? 'an archive, which is not opened' : 'binary file';
}

function tooLarge(bytes: number, most: number): Looked {
  return { kind: 'skipped', reason: `a text of ${bytes} bytes, more than ${most}`, allowed: false };
}

async function covered(
  path: string,
  pieces: AsyncIterable<string> | Iterable<string>,
  rules: WindowRules,
): Promise<Looked> {
  const findings: Finding[] = [];
  for await (const window of textWindows(pieces)) findings.push(...(await rules(path, window)));
  return { kind: 'covered', findings: oncePerFingerprint(findings) };
}

async function* piecesOf(handle: FileHandle, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  for (let at = 0; ;) {
    const { bytesRead } = await handle.read(piece, 0, PIECE_BYTES, at);
    if (bytesRead === 0) break;
    at += bytesRead;
    yield decoder.decode(piece.subarray(0, bytesRead), { stream: true });
  }
  yield decoder.decode();
}
