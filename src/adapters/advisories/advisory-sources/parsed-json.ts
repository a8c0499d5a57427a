/** Undefined for what is no JSON: a parser's own error quotes what it could not read. */
export function parsedJson(body: Buffer | string): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
