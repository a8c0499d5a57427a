import type { ComponentHash, HashAlgorithm } from '../../../domain/checks/component';

const MOST_HASHES = 200;
const HEX_DIGITS: Readonly<Record<HashAlgorithm, number>> = {
  md5: 32,
  sha1: 40,
  sha256: 64,
  sha384: 96,
  sha512: 128,
};

/** Reads Subresource Integrity (`sha512-` and base64, several with spaces between). Half a hash is none. */
export function hashesOfIntegrity(integrity: unknown): readonly ComponentHash[] {
  if (typeof integrity !== 'string') return [];
  return integrity
    .split(' ', MOST_HASHES)
    .flatMap((part) => hashOf(part, '-', (text) => Buffer.from(text, 'base64').toString('hex')));
}

/** Reads `sha256:` and hexadecimal digits, as Python's tools write them. */
export function hashOfHex(text: unknown): readonly ComponentHash[] {
  return typeof text === 'string' ? hashOf(text, ':', (hex) => hex.toLowerCase()) : [];
}

function hashOf(
  text: string,
  separator: string,
  decode: (text: string) => string,
): readonly ComponentHash[] {
  const at = text.indexOf(separator);
  const algorithm = text.slice(0, Math.max(0, at));
  if (!isAlgorithm(algorithm)) return [];
  const hex = decode((text.slice(at + 1).split('?', 1)[0] ?? '').trim());
  const isWhole = hex.length === HEX_DIGITS[algorithm] && /^[0-9a-f]{1,128}$/.test(hex);
  return isWhole ? [{ algorithm, hex }] : [];
}

function isAlgorithm(name: string): name is HashAlgorithm {
  return Object.hasOwn(HEX_DIGITS, name);
}
