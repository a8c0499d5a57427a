/** What the first bytes of a file say it is; null: they do not say. */
export function contentType(head: Buffer): string | null {
  const magic = MAGICS.find(([, at, bytes]) =>
    bytes.every((byte, index) => head[at + index] === byte),
  );
  if (magic !== undefined) return magic[0];
  const text = head.toString('latin1', 0, 512).trimStart().toLowerCase();
  if (/^(?:<!doctype html|<html[\s>]|<head[\s>]|<body[\s>])/.test(text)) return 'html';
  if (text.startsWith('version https://git-lfs.github.com/spec/')) return 'lfs-pointer';
  if (/^(?:<\?xml|<svg[\s>]|<!--|<!doctype svg)/.test(text)) return 'svg';
  return null;
}

const ascii = (text: string): readonly number[] => [...Buffer.from(text, 'latin1')];

const MAGICS: readonly (readonly [type: string, at: number, bytes: readonly number[]])[] = [
  ['png', 0, [0x89, ...ascii('PNG\r\n')]],
  ['jpeg', 0, [0xff, 0xd8, 0xff]],
  ['gif', 0, ascii('GIF8')],
  ['webp', 8, ascii('WEBP')],
  ['avif', 4, ascii('ftypavif')],
  ['avif', 4, ascii('ftypavis')],
  ['ico', 0, [0, 0, 1, 0]],
  ['bmp', 0, ascii('BM')],
  ['woff', 0, ascii('wOFF')],
  ['woff2', 0, ascii('wOF2')],
  ['ttf', 0, [0, 1, 0, 0]],
  ['ttf', 0, ascii('true')],
  ['otf', 0, ascii('OTTO')],
  ['pdf', 0, ascii('%PDF')],
  ['wasm', 0, [0, ...ascii('asm')]],
];

/** By extension, what the bytes may say. Browsers and builders take one image for another, so all images are alike. */
const IMAGES = ['png', 'jpeg', 'gif', 'webp', 'avif', 'ico', 'bmp'];
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  png: IMAGES,
  jpg: IMAGES,
  jpeg: IMAGES,
  gif: IMAGES,
  webp: IMAGES,
  avif: IMAGES,
  ico: [...IMAGES, 'svg'],
  bmp: IMAGES,
  svg: ['svg'],
  woff: ['woff'],
  woff2: ['woff2'],
  ttf: ['ttf', 'otf'],
  otf: ['otf', 'ttf'],
  pdf: ['pdf'],
  wasm: ['wasm'],
};

export function hasExpectedType(path: string): boolean {
  return expectedTypes(path) !== null;
}

/** Null where the content is what the name says, or nothing is known of the name. */
export function mismatch(path: string, head: Buffer): 'lfs-pointer' | 'other' | null {
  const expected = expectedTypes(path);
  if (expected === null || head.length === 0) return null;
  const type = contentType(head);
  if (type === 'lfs-pointer') return 'lfs-pointer';
  if (type === null) return path.toLowerCase().endsWith('.svg') ? null : 'other';
  return expected.includes(type) ? null : 'other';
}

function expectedTypes(path: string): readonly string[] | null {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return Object.hasOwn(EXPECTED, extension) ? (EXPECTED[extension] ?? null) : null;
}
