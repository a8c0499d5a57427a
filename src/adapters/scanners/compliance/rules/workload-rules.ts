import { not, some, when } from '../model/logic';
import type { Rule } from './rule';
import { rulesFor } from './rule';

/** Each of them is enough to leave the container. */
const STRONG_CAPABILITIES =
  /^(?:CAP_)?(?:ALL|SYS_ADMIN|SYS_MODULE|SYS_PTRACE|SYS_RAWIO|NET_ADMIN|DAC_READ_SEARCH)$/i;
const STRONG_PATHS =
  /^\/(?:(?:var\/)?run\/docker\.sock|etc|root|proc|sys|boot|var\/lib\/docker)?\/?$/;

const TASK_RULES = rulesFor('task', [
  {
    id: 'infrastructure/host-network',
    severity: 'medium',
    title: 'The task uses the network of its host',
    fix: 'Use the network mode awsvpc.',
    broken: ({ hostNetwork }) => hostNetwork,
  },
  {
    id: 'infrastructure/host-processes',
    severity: 'high',
    title: 'The task sees the processes of its host',
    fix: 'Leave the process namespace of the host out.',
    broken: ({ hostProcesses }) => hostProcesses,
  },
  {
    id: 'infrastructure/host-path',
    severity: 'high',
    title: 'The task mounts a folder of its host that gives control over the host',
    fix: 'Mount nothing of the host, least of all the socket of its container engine.',
    broken: ({ hostPaths }) =>
      some(
        ...hostPaths.map((path) => when(path, (known) => known !== '' && STRONG_PATHS.test(known))),
      ),
  },
]);

const CONTAINER_RULES = rulesFor('container', [
  {
    id: 'infrastructure/privileged-container',
    severity: 'high',
    title: 'The container runs privileged: it controls its host',
    fix: 'Run the container without privileges and add the one capability that it needs.',
    broken: ({ privileged }) => privileged,
  },
  {
    id: 'infrastructure/strong-capability',
    severity: 'high',
    title: 'The container is given a capability that lets it leave its bounds',
    fix: 'Remove the capability.',
    broken: ({ addedCapabilities }) =>
      some(
        ...addedCapabilities.map((one) => when(one, (known) => STRONG_CAPABILITIES.test(known))),
      ),
  },
  {
    id: 'infrastructure/container-root-user',
    severity: 'medium',
    title: 'The container runs as root',
    fix: 'Name a user other than root.',
    broken: ({ user }) => when(user, (known) => /^(?:root|0)(?::|$)/.test(known)),
  },
  {
    id: 'infrastructure/container-plain-secret',
    severity: 'high',
    title: ({ plainSecrets }) =>
      `Secrets are written into the container's environment: ${plainSecrets.slice(0, 10).join(', ')}`,
    fix: 'Refer to the secret by its address in the secret store.',
    broken: ({ plainSecrets }) => plainSecrets.length > 0,
  },
  {
    id: 'infrastructure/container-not-logged',
    severity: 'low',
    title: 'What the container prints is kept nowhere',
    fix: 'Configure a log driver.',
    broken: ({ logged }) => not(logged),
  },
  {
    id: 'infrastructure/container-writable-root',
    severity: 'info',
    title: 'The container may change its own file system',
    fix: 'Make the root file system read-only.',
    broken: ({ readonlyRoot }) => not(readonlyRoot),
  },
]);

const REGISTRY_RULES = rulesFor('registry', [
  {
    id: 'infrastructure/registry-moving-tags',
    severity: 'low',
    title: 'Tags of the image registry can be moved to other images',
    fix: 'Make tags immutable.',
    broken: ({ fixedTags }) => not(fixedTags),
  },
  {
    id: 'infrastructure/registry-without-scan',
    severity: 'info',
    title: 'The image registry does not look at images when they are pushed',
    fix: 'Switch scanning on push on.',
    broken: ({ scansOnPush }) => not(scansOnPush),
  },
]);

export const WORKLOAD_RULES: readonly Rule[] = [
  ...TASK_RULES,
  ...CONTAINER_RULES,
  ...REGISTRY_RULES,
];
