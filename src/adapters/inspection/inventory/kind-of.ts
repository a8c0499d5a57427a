import type { FileKind } from '../../../domain/checks/inventory';
import { textEncoding } from '../text-encoding';
import { archiveKind } from './archive-kind';
import { kindByName } from './kind-by-name';
import { templateKind } from './template-kind';

const BINARY_HEAD_BYTES = 8_192;

/**
 * What a file is for the checks: by its name, and by its first bytes where the name does not say or says too little.
 * A text kind stays even where the content is binary, so that a program named `.json` is a finding and not a program.
 */
export function kindOf(path: string, head: Buffer): FileKind {
  const named = kindByName(path);
  if (named === null) return kindByContent(head);
  if (named === 'json' || named === 'yaml') return templateKind(head) ?? named;
  if (named === 'typescript') return typescriptOr(head);
  if (named !== 'text') return named;
  const template = path.endsWith('.template') ? templateKind(head) : null;
  return template ?? (isBinary(head) ? 'binary' : 'text');
}

function kindByContent(head: Buffer): FileKind {
  if (archiveKind(head)) return 'archive';
  if (isBinary(head)) return 'binary';
  const line = head.toString('latin1', 0, 200).split('\n', 1)[0] ?? '';
  return /^#!.{0,100}\b(?:node|nodejs|bun|deno)\b/.test(line) ? 'javascript' : 'text';
}

/** `.ts` is also a video, and a translation file of Qt. */
function typescriptOr(head: Buffer): FileKind {
  if (isBinary(head) && head[0] === 0x47) return 'binary';
  return /^\uFEFF?\s{0,20}<(?:\?xml|!DOCTYPE TS)/.test(head.toString('utf8', 0, 200))
    ? 'text'
    : 'typescript';
}

function isBinary(head: Buffer): boolean {
  return textEncoding(head.subarray(0, BINARY_HEAD_BYTES)) === null;
}
