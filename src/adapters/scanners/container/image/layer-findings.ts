import type { Finding, FindingLocation } from '../../../../domain/checks/finding';
import { containerFinding, type ContainerRule } from '../container-finding';
import { pathInImage } from './inspect-layer';
import { isCovered, type LayerFacts } from './layer-facts';

export const SETUID_RULE: ContainerRule & { readonly title: string } = {
  id: 'image/setuid-file',
  severity: 'medium',
  title: 'A file runs with the rights of its owner, whoever starts it',
  fix: 'Take the setuid bit from the file, or leave the file out.',
};

/** What nearly every base image has: said of each of them it would only be noise. */
const USUAL =
  /^(?:usr\/)?(?:s?bin|lib(?:exec)?)\/(?:[\w-]{1,40}\/){0,3}(?:su|mount|umount|passwd|chsh|chfn|chage|newgrp|gpasswd|expiry|ping6?|fusermount3?|pkexec|newuidmap|newgidmap|ssh-keysign|dbus-daemon-launch-helper|unix_chkpwd|pam_timestamp_check|bbsuid)$/;
const MOST_SETUID = 20;

/** What the layers of one image mean together: `layers` from the first to the last. */
export function layerFindings(
  layers: readonly { readonly name: string; readonly facts: LayerFacts }[],
  { image, key }: { readonly image: string; readonly key: Uint8Array },
): readonly Finding[] {
  return layers.flatMap(({ name, facts }, index) => {
    const above = layers.slice(index + 1).map((layer) => layer.facts);
    const at = (path: string): FindingLocation => ({
      path: pathInImage(image, path),
      line: null,
      resource: name,
    });
    const problems = facts.problems.map(({ rule, path }) =>
      containerFinding({
        rule,
        title: rule.title,
        location: at(path),
        identity: { key, parts: [image, path] },
      }),
    );
    const setuid = facts.setuid
      .filter((path) => !USUAL.test(path) && !isCovered(path, above))
      .slice(0, MOST_SETUID)
      .map((path) =>
        containerFinding({
          rule: SETUID_RULE,
          title: SETUID_RULE.title,
          location: at(path),
          identity: { key, parts: [image, path] },
        }),
      );
    return [...facts.findings, ...problems, ...setuid];
  });
}
