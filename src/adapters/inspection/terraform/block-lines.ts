const HEADER =
  /^[ \t]{0,60}(resource|data|variable|provider|module)[ \t]{1,20}"?([\w-]{1,200})"?(?:[ \t]{1,20}"?([\w-]{1,200})"?)?[ \t]{0,20}\{/;

/** The line of each block of a `.tf` file, from 1, by its address: `aws_s3_bucket.logs`, `data.…`, `var.name`. */
export function blockLines(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  for (const [index, line] of text.split('\n').entries()) {
    const match = HEADER.exec(line.slice(0, 700));
    if (match === null) continue;
    const address = addressOf(match[1] ?? '', match[2] ?? '', match[3] ?? '');
    if (!lines.has(address)) lines.set(address, index + 1);
  }
  return lines;
}

export function addressOf(kind: string, type: string, name: string): string {
  switch (kind) {
    case 'resource':
      return `${type}.${name}`;
    case 'data':
      return `data.${type}.${name}`;
    case 'variable':
      return `var.${type}`;
    default:
      return `${kind}.${type}`;
  }
}
