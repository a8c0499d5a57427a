import type { AdvisoryAnswer, AdvisorySource, Coordinate } from '../../../ports/advisory-source';
import { coordinateKey } from '../../coordinate-key';

/** Versions with advisories that no source of their ecosystem is without. */
const CANARIES: readonly Coordinate[] = [
  { ecosystem: 'npm', name: 'lodash', version: '4.17.0' },
  { ecosystem: 'PyPI', name: 'jinja2', version: '2.4.1' },
];

/**
 * Adds a version that is known to be vulnerable to every question. A source that says nothing about it is broken, a stub or
 * somebody's blank page: then nothing that it does not say means anything.
 */
export function withCanary(source: AdvisorySource): AdvisorySource {
  return {
    name: source.name,
    async query(components, signal) {
      const canaries = CANARIES.filter(({ ecosystem }) =>
        components.some((component) => component.ecosystem === ecosystem),
      );
      const asked = new Map([...canaries, ...components].map((one) => [coordinateKey(one), one]));
      const answer = await source.query([...asked.values()], signal);
      return answer.kind === 'answered' ? checked(answer, canaries, components) : answer;
    },
  };
}

function checked(
  answer: Extract<AdvisoryAnswer, { kind: 'answered' }>,
  canaries: readonly Coordinate[],
  components: readonly Coordinate[],
): AdvisoryAnswer {
  const hit = new Set(answer.matches.map(({ coordinate }) => coordinateKey(coordinate)));
  const missed = canaries.find(
    (canary) =>
      !answer.unknownEcosystems.includes(canary.ecosystem) && !hit.has(coordinateKey(canary)),
  );
  if (missed !== undefined) {
    const reason = `knows nothing about ${missed.name} ${missed.version}, which is known to be vulnerable, so that its silence about others means nothing`;
    return { kind: 'broken', reason };
  }
  const asked = new Set(components.map(coordinateKey));
  const matches = answer.matches.filter(({ coordinate }) => asked.has(coordinateKey(coordinate)));
  return { ...answer, matches };
}
