import { readdirSync, readFileSync } from 'node:fs';
import { homeLayout } from '../../domain/home-layout';

const MASK = '***';
/** Shorter values are common words: masking them would only make lines unreadable. */
const SHORTEST_MASKED = 6;

export interface SecretPlace {
  readonly home: string;
  readonly service: string;
  readonly environment: string;
}

/**
 * The lines without any value of the service's secrets, those that no revision uses any more included: what an instance
 * writes reaches errors, histories and terminals. Values that were rotated away are not known here any more.
 */
export function maskSecrets(place: SecretPlace, lines: readonly string[]): string[] {
  const values = secretValues(place);
  return lines.map((line) =>
    values.reduce((masked, value) => masked.replaceAll(value, MASK), line),
  );
}

/** Longest first, so that no value is masked only up to another that it begins with. */
function secretValues({ home, service, environment }: SecretPlace): readonly string[] {
  const folder = `${homeLayout(home).secrets}/${service}/${environment}`;
  return names(folder)
    .flatMap((name) => readLines(`${folder}/${name}`))
    .filter((value) => value.length >= SHORTEST_MASKED)
    .sort((one, other) => other.length - one.length);
}

function names(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A log line holds at most one line of a value that has several. */
function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/);
  } catch {
    return [];
  }
}
