import type { SarifArtifactLocation, SarifLocation } from './log';
import { sarifText } from './text';

/** GitHub takes no result without a file, so a finding about the whole deployment names this one, which does not exist. */
const NO_FILE = '(no file: the whole deployment)';

interface Place {
  readonly path: string;
  readonly line: number | null;
  readonly resource?: string | null;
}

/** `artifacts`: where in the run's list of artifacts each URI stands. */
export function sarifLocation(
  place: Place | null,
  artifacts: ReadonlyMap<string, number>,
): SarifLocation {
  const resource = place?.resource ?? null;
  const line = place?.line ?? null;
  return {
    physicalLocation: {
      artifactLocation: artifactLocation(place?.path ?? NO_FILE, artifacts),
      ...(line !== null && line >= 1 ? { region: { startLine: Math.floor(line) } } : {}),
    },
    ...(resource === null
      ? {}
      : { logicalLocations: [{ fullyQualifiedName: sarifText(resource).text }] }),
  };
}

export function artifactLocation(
  path: string,
  artifacts: ReadonlyMap<string, number>,
): SarifArtifactLocation {
  const uri = uriOf(path);
  const index = artifacts.get(uri);
  return {
    uri,
    uriBaseId: '%SRCROOT%',
    ...(index === undefined ? {} : { index }),
  };
}

/** Below the root whatever it is called: no scheme, no host, no way up. */
function uriOf(path: string): string {
  const segments = path
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .split('/')
    .filter((segment) => !['', '.', '..'].includes(segment));
  const named = segments.length === 0 ? [NO_FILE] : segments;
  return named.map(encodeURIComponent).join('/');
}
