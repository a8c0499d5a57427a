const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
]);

/** A raw header list, `[name, value, name, value, …]`. */
export type RawHeaders = readonly string[];

/** Says which headers belong to one connection only: the known ones and those that `Connection` lists. */
export function connectionHeaders(raw: RawHeaders): (lowerName: string) => boolean {
  const listed = new Set<string>();
  for (const [name, value] of headerPairs(raw)) {
    if (name.toLowerCase() !== 'connection') continue;
    for (const token of value.split(',')) listed.add(token.trim().toLowerCase());
  }
  return (lowerName) => HOP_BY_HOP.has(lowerName) || listed.has(lowerName);
}

export function* headerPairs(raw: RawHeaders): Generator<readonly [name: string, value: string]> {
  for (let index = 0; index + 1 < raw.length; index += 2) {
    yield [raw[index] ?? '', raw[index + 1] ?? ''];
  }
}

/** All values of one header, in order. */
export function headerValues(raw: RawHeaders, lowerName: string): string[] {
  const values: string[] = [];
  for (const [name, value] of headerPairs(raw)) {
    if (name.toLowerCase() === lowerName) values.push(value);
  }
  return values;
}
