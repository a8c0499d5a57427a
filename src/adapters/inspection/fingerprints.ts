import { createHash, createHmac } from 'node:crypto';

/** Names a problem whose parts are public: an advisory and a package, a rule and a resource. Never with a line number. */
export function plainFingerprint(parts: readonly string[]): string {
  return shortened(createHash('sha256').update(canonical(parts)).digest('hex'));
}

/**
 * Names a problem one of whose parts is secret or may hold a secret (the value itself, a line of code): with a key of the
 * installation, so that nobody can guess the value from the fingerprint.
 */
export function keyedFingerprint(key: Uint8Array, parts: readonly string[]): string {
  return shortened(createHmac('sha256', key).update(canonical(parts)).digest('hex'));
}

function canonical(parts: readonly string[]): string {
  return JSON.stringify(parts);
}

function shortened(hex: string): string {
  return `v1:${hex.slice(0, 32)}`;
}
