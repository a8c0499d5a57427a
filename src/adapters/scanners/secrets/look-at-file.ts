import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { Finding } from '../../../domain/checks/finding';
import { oncePerFingerprint, type WindowRules } from '../../inspection/secret-rules/secret-rules';
import { textWindows } from '../../inspection/secret-rules/text-window';
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
    if (encoding === null) return { kind: 'skipped', reason: 'binary file', allowed: true };
    if (status.size > maxTextBytes) return tooLarge(status.size, maxTextBytes);
    return await covered(file.path, piecesOf(handle, encoding), rules);
  } finally {
    await handle.close();
  }
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/**
 * Null for content that no text rule applies to. A zero byte alone does not make a file binary that has the name of a
 * text: else one byte in a comment would switch the scan off.
 */
async function encodingOf(handle: FileHandle, { kind }: ScanFile): Promise<Encoding | null> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  const [first, second] = buffer.subarray(0, bytesRead);
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (kind === 'archive') return null;
  return kind === 'binary' && buffer.subarray(0, bytesRead).includes(0) ? null : 'utf-8';
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

async function* piecesOf(handle: FileHandle, encoding: Encoding): AsyncGenerator<string> {
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
