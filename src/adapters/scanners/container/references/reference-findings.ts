import type { Finding } from '../../../../domain/checks/finding';
import { isUnresolved } from '../../../inspection/infrastructure/infrastructure-resource';
import { containerFinding, type ContainerRule } from '../container-finding';
import type { ImageReference } from './image-references';
import { imagePin } from './image-pin';

export const REFERENCE_RULE: ContainerRule & { readonly title: string } = {
  id: 'container/image-not-pinned',
  severity: 'medium',
  title: 'The image that runs is not named by its digest: tomorrow it may be another one',
  fix: 'Name the image by its digest (name@sha256:…).',
};

/** What is only known when it is created is no finding; see `undecided`. */
export function referenceFindings(
  references: readonly ImageReference[],
  key: Uint8Array,
): readonly Finding[] {
  return references.flatMap(({ path, line, resource, image }) => {
    if (isUnresolved(image) || image === '' || imagePin(image) === 'digest') return [];
    return [
      containerFinding({
        rule: REFERENCE_RULE,
        title: REFERENCE_RULE.title,
        location: { path, line, resource: shown(resource) },
        identity: { key, parts: [path, resource, image.replace(/[:@][^/]{0,300}$/, '')] },
      }),
    ];
  });
}

export function undecided(references: readonly ImageReference[]): readonly ImageReference[] {
  return references.filter(({ image }) => isUnresolved(image));
}

function shown(resource: string): string {
  return resource.replace(/[^\w .:[\]/-]/g, '').slice(0, 200);
}
