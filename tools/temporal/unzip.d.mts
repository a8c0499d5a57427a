/** Writes the one entry of a zip archive whose name ends with `suffix` to `target`. */
export function unzipEntry(
  archive: string,
  options: { readonly suffix: string; readonly target: string; readonly signal?: AbortSignal },
): Promise<void>;
