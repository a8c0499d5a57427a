/** See instance-log.mjs. Rejects with `ENOENT` where the folder is not there. */
export function readInstanceLogIds(folder: string): Promise<Set<string>>;
