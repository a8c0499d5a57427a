import type { AdvisoryMatch, Coordinate } from '../../../ports/advisory-source';
import { packageKey } from './package-key';
import { matchRecord } from './match-record';
import type { OsvRecord } from './osv-record';
import { probeRecord, type ProbeEnd } from './probe-record';

export interface RecordSetAnswer {
  /** How many OSV records there were. */
  readonly records: number;
  /** How many things that should have been one were none. */
  readonly strange: number;
  readonly matches: readonly AdvisoryMatch[];
  /** The newest `modified`; null where none says. */
  readonly modifiedAtMs: number | null;
  readonly unknownEcosystems: readonly Coordinate['ecosystem'][];
  /** Whether a record of the set's own is matched by what it says itself, for each ecosystem that was asked for. */
  readonly probe: 'hit' | 'miss';
}

/** Takes one record after another, and keeps only what answers the question. */
export class RecordSet {
  private readonly wanted = new Map<string, Coordinate[]>();
  private readonly probes = new Map<Coordinate['ecosystem'], ProbeEnd>();
  private readonly matches: AdvisoryMatch[] = [];
  private readonly ecosystems: ReadonlySet<Coordinate['ecosystem']>;
  private records = 0;
  private strange = 0;
  private modifiedAtMs: number | null = null;

  constructor(components: readonly Coordinate[]) {
    this.ecosystems = new Set(components.map(({ ecosystem }) => ecosystem));
    for (const component of components) {
      const key = packageKey(component.ecosystem, component.name);
      this.wanted.set(key, [...(this.wanted.get(key) ?? []), component]);
    }
  }

  add(record: OsvRecord | null): void {
    if (record === null) {
      this.strange += 1;
      return;
    }
    this.records += 1;
    if (record.modifiedAtMs !== null) {
      this.modifiedAtMs = Math.max(this.modifiedAtMs ?? 0, record.modifiedAtMs);
    }
    for (const ecosystem of this.ecosystems) this.probe(record, ecosystem);
    const packages = new Set(
      record.affected.map(({ ecosystem, name }) => packageKey(ecosystem, name)),
    );
    for (const key of packages) {
      const asked = this.wanted.get(key) ?? [];
      this.matches.push(...asked.flatMap((one) => matchRecord(record, one) ?? []));
    }
  }

  answer(): RecordSetAnswer {
    const asked = [...this.ecosystems];
    const known = asked.filter((ecosystem) => this.probes.has(ecosystem));
    return {
      records: this.records,
      strange: this.strange,
      matches: this.matches,
      modifiedAtMs: this.modifiedAtMs,
      unknownEcosystems: asked.filter((ecosystem) => !this.probes.has(ecosystem)),
      probe: known.every((ecosystem) => this.probes.get(ecosystem) === 'hit') ? 'hit' : 'miss',
    };
  }

  /** Until one record has been found by what it says itself. */
  private probe(record: OsvRecord, ecosystem: Coordinate['ecosystem']): void {
    if (this.probes.get(ecosystem) === 'hit') return;
    const end = probeRecord(record, ecosystem);
    if (end !== null) this.probes.set(ecosystem, end);
  }
}
