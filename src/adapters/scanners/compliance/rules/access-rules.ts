import { every, not, some } from '../model/logic';
import type { Rule } from './rule';
import { rulesFor } from './rule';

const GRANT_RULES = rulesFor('grant', [
  {
    id: 'infrastructure/every-action',
    severity: 'high',
    title: 'A policy allows every action on every resource',
    fix: 'Name the actions and resources that are needed.',
    broken: ({ of, everyAction, everyResource }) =>
      every(of === 'identity', everyAction, everyResource),
  },
  {
    id: 'infrastructure/every-action-of-service',
    severity: 'medium',
    title: 'A policy allows every action of a service on every resource',
    fix: 'Name the actions and resources that are needed.',
    broken: ({ of, everyAction, everyActionOfService, everyResource }) =>
      every(of === 'identity', everyActionOfService, everyResource, not(everyAction)),
  },
  {
    id: 'infrastructure/all-but-some-actions',
    severity: 'medium',
    title: 'A policy allows every action except some',
    fix: 'Name the actions that are needed.',
    broken: ({ allBut }) => allBut,
  },
  {
    id: 'infrastructure/role-for-anyone',
    severity: 'critical',
    title: 'Anyone may take the role',
    fix: 'Name who may take the role.',
    broken: ({ of, anyone, conditional }) => every(of === 'trust', !conditional, anyone),
  },
  {
    id: 'infrastructure/resource-for-anyone',
    severity: 'high',
    title: 'A policy lets anyone use the resource',
    fix: 'Name who may use the resource, or add a condition.',
    broken: ({ of, anyone, conditional }) => every(of === 'resource', !conditional, anyone),
  },
]);

const SECRET_RULES = [
  ...rulesFor('written-secret', [
    {
      id: 'infrastructure/written-secret',
      severity: 'high',
      title: ({ property }) => `A secret is written down in the property ${property}`,
      fix: 'Take the secret from a secret store, and replace the one that was written down.',
      broken: () => true,
    },
  ]),
  ...rulesFor('secret-variable', [
    {
      id: 'infrastructure/secret-variable-shown',
      severity: 'low',
      title: 'A variable for a secret is not marked as one, so its value is shown in logs',
      fix: 'Mark the variable as sensitive (Terraform) or NoEcho (CloudFormation).',
      broken: ({ hidden }) => not(hidden),
    },
  ]),
];

const RECORD_RULES = [
  ...rulesFor('encryption-key', [
    {
      id: 'infrastructure/key-not-rotated',
      severity: 'low',
      title: 'The encryption key is never rotated',
      fix: 'Switch rotation of the key on.',
      broken: ({ rotates }) => not(rotates),
    },
  ]),
  ...rulesFor('trail', [
    {
      id: 'infrastructure/trail-incomplete',
      severity: 'medium',
      title: 'The audit trail is off, or its files are not protected against changes',
      fix: 'Switch the trail and the validation of its files on.',
      broken: ({ on, validated }) => some(not(on), not(validated)),
    },
  ]),
];

export const ACCESS_RULES: readonly Rule[] = [...GRANT_RULES, ...SECRET_RULES, ...RECORD_RULES];
