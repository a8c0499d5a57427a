/** The text on one line, cut to so many bytes of UTF-8 with an ellipsis where it is longer. */
export function oneLine(text: string, mostBytes: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (utf8Bytes(line) <= mostBytes) return line;
  const ellipsis = '…';
  let kept = '';
  let bytes = utf8Bytes(ellipsis);
  for (const character of line) {
    bytes += utf8Bytes(character);
    if (bytes > mostBytes) break;
    kept += character;
  }
  return `${kept}${ellipsis}`;
}

/** How many bytes the text takes as UTF-8. */
export function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}
