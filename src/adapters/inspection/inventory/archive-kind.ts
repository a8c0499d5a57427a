const MAGICS: readonly (readonly [at: number, bytes: readonly number[]])[] = [
  [0, [0x50, 0x4b, 0x03, 0x04]], // zip, jar, wheel
  [0, [0x50, 0x4b, 0x05, 0x06]], // a zip without entries
  [0, [0x1f, 0x8b]], // gzip
  [0, [0x42, 0x5a, 0x68]], // bzip2
  [0, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]], // xz
  [0, [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]], // 7z
  [0, [0x28, 0xb5, 0x2f, 0xfd]], // zstd
  [257, [0x75, 0x73, 0x74, 0x61, 0x72]], // tar
];

/** Whether the first bytes are those of a file that holds other files, or of compressed ones. */
export function archiveKind(head: Buffer): boolean {
  return MAGICS.some(([at, bytes]) => bytes.every((byte, index) => head[at + index] === byte));
}
