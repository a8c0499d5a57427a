import type { Dockerfile, DockerStage } from '../../../inspection/dockerfile/dockerfile';
import { imagePin } from '../references/image-pin';
import type { Breach, DockerfileRule } from './dockerfile-rule';
import { eachOf } from './dockerfile-rule';

/** What the image is made from, and how it runs. */
export const IMAGE_RULES: readonly DockerfileRule[] = [
  {
    id: 'dockerfile/root-user',
    severity: 'medium',
    title: 'The container runs as root',
    fix: 'Create a user and name it with USER in the last stage.',
    breaches: rootUser,
  },
  {
    id: 'dockerfile/latest-tag',
    severity: 'medium',
    title: 'The base image has no version: it is another one tomorrow',
    fix: 'Name a version of the base image, best by its digest.',
    breaches: (dockerfile) => pinnedBy(dockerfile, 'nothing'),
  },
  {
    id: 'dockerfile/image-not-pinned',
    severity: 'low',
    title: 'The base image is named by a tag, which can be moved',
    fix: 'Name the base image by its digest.',
    breaches: (dockerfile) => pinnedBy(dockerfile, 'tag'),
  },
  {
    id: 'dockerfile/ssh-port',
    severity: 'medium',
    title: 'Port 22 is exposed: nobody should log in to a container',
    fix: 'Remove the port, and the SSH server with it.',
    breaches: eachOf(['EXPOSE'], ({ words }) => words.some((word) => /^22(?:\/tcp)?$/i.test(word))),
  },
  {
    id: 'dockerfile/no-health-check',
    severity: 'info',
    title: 'The image says nothing about how its health is checked',
    fix: 'Add a HEALTHCHECK, or leave it to the platform.',
    breaches: noHealthCheck,
  },
];

/** The user of the last stage, through the stages that it is built on. */
function rootUser({ stages }: Dockerfile): readonly Breach[] {
  for (let at: number | null = stages.length - 1; at !== null;) {
    const stage: DockerStage | undefined = stages[at];
    const user = stage?.instructions.findLast(({ keyword }) => keyword === 'USER');
    if (user !== undefined)
      return isRoot(user.words[0] ?? '') ? [{ line: user.line, text: '' }] : [];
    at = stage?.base ?? null;
  }
  return [{ line: stages.at(-1)?.line ?? null, text: '' }];
}

/** A variable whose default is root is root. */
function isRoot(user: string): boolean {
  return /^(?:\$\{\w{1,100}:?-)?(?:root|0)(?:\})?(?::|$)/.test(user);
}

function pinnedBy(dockerfile: Dockerfile, wanted: 'nothing' | 'tag'): readonly Breach[] {
  return dockerfile.stages.flatMap(({ line, image, base }) => {
    if (base !== null || image === null || image === '' || image === 'scratch') return [];
    return imagePin(image) === wanted ? [{ line, text: image }] : [];
  });
}

function noHealthCheck({ stages }: Dockerfile): readonly Breach[] {
  const checked = stages.some(({ instructions }) =>
    instructions.some(({ keyword, words }) => keyword === 'HEALTHCHECK' && words[0] !== 'NONE'),
  );
  return checked ? [] : [{ line: null, text: '' }];
}
