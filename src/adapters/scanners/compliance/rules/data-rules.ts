import type { Rule } from './rule';
import { rulesFor } from './rule';
import { every, not, when } from '../model/logic';

const BUCKET_RULES = rulesFor('bucket', [
  {
    id: 'infrastructure/bucket-public-write',
    severity: 'critical',
    title: 'Anyone may write to the bucket',
    fix: 'Make the bucket private and grant access by policy.',
    broken: ({ acl }) => when(acl, (known) => known === 'public-read-write'),
  },
  {
    id: 'infrastructure/bucket-public-read',
    severity: 'high',
    title: 'Anyone may read the bucket',
    fix: 'Make the bucket private and grant access by policy.',
    broken: ({ acl }) =>
      when(acl, (known) => known === 'public-read' || known === 'authenticated-read'),
  },
  {
    id: 'infrastructure/bucket-public-access-not-blocked',
    severity: 'medium',
    title: 'The bucket does not block public access in all four ways',
    fix: 'Set all four switches of the public access block.',
    broken: ({ blocksPublicAccess }) => not(blocksPublicAccess),
  },
  {
    id: 'infrastructure/bucket-not-encrypted',
    severity: 'low',
    title: 'The bucket names no encryption of its own',
    fix: 'Configure server-side encryption of the bucket.',
    broken: ({ encrypted }) => not(encrypted),
  },
  {
    id: 'infrastructure/bucket-not-versioned',
    severity: 'low',
    title: 'The bucket keeps no earlier versions of its objects',
    fix: 'Switch versioning of the bucket on.',
    broken: ({ versioned }) => not(versioned),
  },
  {
    id: 'infrastructure/bucket-not-logged',
    severity: 'info',
    title: 'Access to the bucket is not logged',
    fix: 'Configure access logging of the bucket.',
    broken: ({ logged }) => not(logged),
  },
]);

const DATABASE_RULES = rulesFor('database', [
  {
    id: 'infrastructure/database-public',
    severity: 'critical',
    title: 'The database can be reached from the internet',
    fix: 'Set publicly accessible to false and keep the database in private subnets.',
    broken: ({ isPublic }) => isPublic,
  },
  {
    id: 'infrastructure/database-not-encrypted',
    severity: 'high',
    title: 'The database does not encrypt its storage',
    fix: 'Switch storage encryption on.',
    broken: ({ encrypted }) => not(encrypted),
  },
  {
    id: 'infrastructure/database-without-backup',
    severity: 'high',
    title: 'The database keeps no automatic backups',
    fix: 'Keep backups for at least seven days.',
    broken: ({ backupDays }) => when(backupDays, (days) => days <= 0),
  },
  {
    id: 'infrastructure/database-short-backup',
    severity: 'low',
    title: 'The database keeps automatic backups for less than seven days',
    fix: 'Keep backups for at least seven days.',
    broken: ({ backupDays }) => when(backupDays, (days) => days > 0 && days < 7),
  },
  {
    id: 'infrastructure/database-single-zone',
    severity: 'medium',
    title: 'The database of production runs in a single availability zone',
    fix: 'Run the database in more than one availability zone.',
    productionOnly: true,
    broken: ({ multiZone }) => not(multiZone),
  },
  {
    id: 'infrastructure/database-deletable',
    severity: 'low',
    title: 'The database is not protected from deletion',
    fix: 'Switch deletion protection on.',
    broken: ({ deletionProtected }) => not(deletionProtected),
  },
]);

const CACHE_RULES = rulesFor('cache', [
  {
    id: 'infrastructure/cache-not-encrypted',
    severity: 'medium',
    title: 'The cache does not encrypt what it stores',
    fix: 'Switch encryption at rest on.',
    broken: ({ encryptedAtRest }) => not(encryptedAtRest),
  },
  {
    id: 'infrastructure/cache-plain-transport',
    severity: 'medium',
    title: 'The cache is spoken to without encryption',
    fix: 'Switch encryption in transit on.',
    broken: ({ encryptedInTransit }) => not(encryptedInTransit),
  },
]);

const STORE_RULES = rulesFor('store', [
  {
    id: 'infrastructure/volume-not-encrypted',
    severity: 'medium',
    title: ({ what }) => `The ${what} is not encrypted`,
    fix: 'Switch encryption on.',
    broken: ({ what, encrypted }) =>
      every(what === 'volume' || what === 'file system', not(encrypted)),
  },
  {
    id: 'infrastructure/messages-not-encrypted',
    severity: 'low',
    title: ({ what }) => `The ${what} does not encrypt its messages`,
    fix: 'Name a key that encrypts the messages.',
    broken: ({ what, encrypted }) => every(what === 'queue' || what === 'topic', not(encrypted)),
  },
]);

export const DATA_RULES: readonly Rule[] = [
  ...BUCKET_RULES,
  ...DATABASE_RULES,
  ...CACHE_RULES,
  ...STORE_RULES,
];
