import type { AdvisoryMatch, AdvisorySource, Coordinate } from '../../../ports/advisory-source';
import type { CheckContext } from '../../../ports/check-subject';
import { keepAlive } from './keep-alive';
import { coordinateKey } from '../../coordinate-key';

/** What the sources said, one after the other. */
export interface ChainAnswer {
  readonly matches: readonly AdvisoryMatch[];
  readonly answeredBy: readonly string[];
  /** Of the oldest data that answered; null where none did. */
  readonly updatedAtMs: number | null;
  /** For which nobody answered. */
  readonly left: readonly Coordinate[];
  /** Why sources did not answer. */
  readonly silences: readonly string[];
  /** A source that misses what it must know: nothing after it is asked, it is no passing failure. */
  readonly broken: string | null;
}

/** A later source is asked only for what the earlier ones could not answer. */
export async function askChain(
  sources: readonly AdvisorySource[],
  coordinates: readonly Coordinate[],
  { signal, progress }: CheckContext,
): Promise<ChainAnswer> {
  const matches: AdvisoryMatch[] = [];
  const answeredBy: string[] = [];
  const silences: string[] = [];
  let updatedAtMs: number | null = null;
  let left = coordinates;
  for (const source of sources) {
    if (left.length === 0) break;
    const asked = left;
    const show = (): void => progress(coordinates.length - asked.length, coordinates.length);
    const answer = await keepAlive(show, () => source.query(asked, signal));
    if (answer.kind === 'broken') {
      return { matches, answeredBy, updatedAtMs, left, silences, broken: answer.reason };
    }
    if (answer.kind === 'unavailable') {
      silences.push(answer.reason);
      continue;
    }
    left = asked.filter(({ ecosystem }) => answer.unknownEcosystems.includes(ecosystem));
    if (left.length === asked.length) continue;
    matches.push(...answer.matches.filter(isAsked(asked)));
    answeredBy.push(source.name);
    updatedAtMs = Math.min(updatedAtMs ?? Infinity, answer.updatedAtMs);
  }
  progress(coordinates.length - left.length, coordinates.length);
  return { matches, answeredBy, updatedAtMs, left, silences, broken: null };
}

function isAsked(coordinates: readonly Coordinate[]): (match: AdvisoryMatch) => boolean {
  const asked = new Set(coordinates.map(coordinateKey));
  return ({ coordinate }) => asked.has(coordinateKey(coordinate));
}
