import type { AdvisoryPolicy } from '../domain/checks/policy';

/** Known advisories, from wherever: records in a file, the registry, the OSV API. */
export interface AdvisorySource {
  /** For reports: without credentials. */
  readonly name: string;
  /** Answers for all of these, or says why it cannot; a wrong or empty answer is `unavailable`, never "nothing known". */
  query(components: readonly Coordinate[], signal: AbortSignal): Promise<AdvisoryAnswer>;
}

export interface Coordinate {
  readonly ecosystem: 'npm' | 'PyPI';
  readonly name: string;
  readonly version: string;
}

export type AdvisoryAnswer =
  | {
      readonly kind: 'answered';
      readonly matches: readonly AdvisoryMatch[];
      /** When the data were last updated, epoch ms. */
      readonly updatedAtMs: number;
      /** Ecosystems of the question that the source knows nothing about at all. */
      readonly unknownEcosystems: readonly Coordinate['ecosystem'][];
    }
  | { readonly kind: 'unavailable'; readonly reason: string }
  /** It answered, but not even for a version that is known to be vulnerable: its silence means nothing. */
  | { readonly kind: 'broken'; readonly reason: string };

/** Opens what the policy names, in the order in which they are asked: a later one only where an earlier one is unavailable. */
export type OpenAdvisorySources = (
  policy: AdvisoryPolicy,
  signal: AbortSignal,
) => Promise<readonly AdvisorySource[]>;

export interface AdvisoryMatch {
  readonly coordinate: Coordinate;
  /** The source's id: `GHSA-…`, `CVE-…`. */
  readonly id: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  /** CVSS vector or null; the word of the source or null. */
  readonly cvssVector: string | null;
  readonly severityWord: string | null;
  readonly fixedIn: string | null;
  readonly isMalicious: boolean;
}
