/** A name that stands more often than that gets the first line. */
const MOST_CANDIDATES = 100;

/** Finds the line of a key whose value is an object in JSON as npm writes it: a key a line. Null where it is not so. */
export class KeyLines {
  private readonly lines = new Map<string, number[]>();
  private readonly texts: readonly string[];

  constructor(text: string) {
    this.texts = text.split('\n');
    this.texts.forEach((line, index) => {
      const trimmed = line.trim();
      if (!trimmed.startsWith('"') || !trimmed.endsWith('": {')) return;
      const key = trimmed.slice(1, -4);
      const known = this.lines.get(key);
      if (known === undefined) this.lines.set(key, [index + 1]);
      else known.push(index + 1);
    });
  }

  lineOf(key: string): number | null {
    return this.lines.get(key)?.[0] ?? null;
  }

  /** Of several keys of that name the one whose next line has this version. */
  lineOfVersion(key: string, version: string): number | null {
    const nearest = this.lines.get(key)?.slice(0, MOST_CANDIDATES);
    const found = nearest?.find((line) => {
      return this.texts[line]?.trim().startsWith(`"version": "${version}"`) === true;
    });
    return found ?? this.lineOf(key);
  }
}
