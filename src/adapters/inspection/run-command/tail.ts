import type { Redact } from './redact-secrets';

export interface Tail {
  readonly push: (chunk: Buffer) => void;
  /** What is kept of the end, without control characters. */
  text(redact: Redact): string;
}

const KEPT_CHARACTERS = 16_384;
/** So much more is redacted than kept that no secret is cut before it could be known. */
const READ_BYTES = 8 * KEPT_CHARACTERS;

/** The last of an output of any size, in a fixed amount of memory. */
export function createTail(): Tail {
  const ring = Buffer.alloc(READ_BYTES);
  let written = 0;
  return {
    push: (chunk) => {
      const last = chunk.subarray(Math.max(0, chunk.length - READ_BYTES));
      const at = (written + chunk.length - last.length) % READ_BYTES;
      const before = last.copy(ring, at);
      last.copy(ring, 0, before);
      written += chunk.length;
    },
    text: (redact) => redact(withoutControls(unrolled(ring, written))).slice(-KEPT_CHARACTERS),
  };
}

function unrolled(ring: Buffer, written: number): string {
  if (written <= ring.length) return ring.toString('utf8', 0, written);
  const at = written % ring.length;
  return Buffer.concat([ring.subarray(at), ring.subarray(0, at)]).toString('utf8');
}

/** Colours first: they may stand in the middle of what has to be found. */
function withoutControls(text: string): string {
  return text
    .replace(/\u001b\[[0-9;?]{0,32}[A-Za-z]/g, '')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}
