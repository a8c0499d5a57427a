/** Well below what the system takes for one command. */
const MOST_CHARACTERS = 100_000;
const MOST_FILES = 500;

export function batchesOf(paths: readonly string[]): (readonly string[])[] {
  const batches: (readonly string[])[] = [];
  let batch: string[] = [];
  let characters = 0;
  for (const path of paths) {
    if (batch.length >= MOST_FILES || characters + path.length > MOST_CHARACTERS) {
      batches.push(batch);
      batch = [];
      characters = 0;
    }
    batch.push(path);
    characters += path.length + 3;
  }
  return batch.length === 0 ? batches : [...batches, batch];
}
