import { widthOf } from '../style';

export interface Flow {
  readonly columns: number;
  /** Of every line but the first. */
  readonly indent: number;
  readonly between?: string;
}

/** Parts side by side as long as they fit, broken between parts; empty ones are left out. */
export function flow(
  parts: readonly string[],
  { columns, indent, between = '   ' }: Flow,
): readonly string[] {
  const lines: string[] = [];
  for (const part of parts.filter((each) => each !== '')) {
    const before = lines.at(-1);
    const joined = before === undefined ? part : `${before}${between}${part}`;
    if (before === undefined || widthOf(joined.trimEnd()) <= columns) {
      lines[Math.max(lines.length - 1, 0)] = joined;
    } else {
      lines.push(`${' '.repeat(indent)}${part}`);
    }
  }
  return lines.map((line) => line.trimEnd());
}
