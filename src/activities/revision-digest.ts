import { createHash } from 'node:crypto';
import { canonicalJson } from '../domain/canonical-json';
import type { Digest, Revision } from '../domain/revision';

/** Covers what runs and how; not the commit, which is only where it came from. */
export function revisionDigest(revision: Omit<Revision, 'digest' | 'commit'>): Digest {
  const { artifact, command, env, secrets, health, stopGraceMs } = revision;
  const content = { artifact, command, env, secrets, health, stopGraceMs };
  return `sha256:${createHash('sha256').update(canonicalJson(content)).digest('hex')}`;
}
