import type {
  AdvisoryAnswer,
  AdvisoryMatch,
  AdvisorySource,
  Coordinate,
} from '../../../ports/advisory-source';
import { asList, asObject, asText, ownValue } from '../../inspection/lockfiles/plain-object';
import { askHttp } from './ask-http';
import { describeMatch } from './match-record';
import { readOsvRecord, type OsvRecord } from './osv-record';
import { parsedJson } from './parsed-json';
import { sourceName } from './source-name';
import type { SourceLimits } from './source-limits';

/** The public service; no package registry. */
export const OSV_API = 'https://api.osv.dev';

const QUERIES_A_REQUEST = 1_000;
const MOST_PAGES = 100;
const MOST_IDS = 5_000;
const RECORDS_AT_ONCE = 8;

interface Query {
  readonly coordinate: Coordinate;
  readonly pageToken: string | null;
}

type Asked<T> =
  { readonly kind: 'got'; readonly value: T } | Extract<AdvisoryAnswer, { kind: 'unavailable' }>;

/** `querybatch`, which answers ids, then each record. The service matches; its word is taken. */
export function osvApi(base: string, limits: SourceLimits): AdvisorySource {
  const name = sourceName(base);
  return {
    name,
    async query(components, signal): Promise<AdvisoryAnswer> {
      const asking = new OsvQuestion(base, limits, signal);
      const hits = await asking.idsOf(components);
      if (hits.kind === 'unavailable') return hits;
      const records = await asking.recordsOf(new Set(hits.value.map(({ id }) => id)));
      if (records.kind === 'unavailable') return records;
      const matches = hits.value.flatMap(({ coordinate, id }) =>
        matchOf(records.value.get(id), coordinate),
      );
      return { kind: 'answered', matches, updatedAtMs: Date.now(), unknownEcosystems: [] };
    },
  };
}

function matchOf(record: OsvRecord | undefined, coordinate: Coordinate): readonly AdvisoryMatch[] {
  if (record === undefined || record.withdrawn) return [];
  const affected = record.affected.filter(
    ({ ecosystem, name }) => ecosystem === coordinate.ecosystem && name === coordinate.name,
  );
  return [describeMatch(record, coordinate, affected)];
}

interface Hit {
  readonly coordinate: Coordinate;
  readonly id: string;
}

class OsvQuestion {
  constructor(
    private readonly base: string,
    private readonly limits: SourceLimits,
    private readonly signal: AbortSignal,
  ) {}

  async idsOf(components: readonly Coordinate[]): Promise<Asked<readonly Hit[]>> {
    const hits: Hit[] = [];
    let open: readonly Query[] = components.map((coordinate) => ({ coordinate, pageToken: null }));
    for (let pages = 0; open.length > 0; pages += 1) {
      if (pages === MOST_PAGES) return this.unavailable('has more pages than are read');
      const answer = await this.batch(open.slice(0, QUERIES_A_REQUEST));
      if (answer.kind === 'unavailable') return answer;
      hits.push(...answer.value.hits);
      open = [...open.slice(QUERIES_A_REQUEST), ...answer.value.further];
    }
    return { kind: 'got', value: hits };
  }

  async recordsOf(ids: ReadonlySet<string>): Promise<Asked<ReadonlyMap<string, OsvRecord>>> {
    if (ids.size > MOST_IDS)
      return this.unavailable(`knows ${ids.size} advisories, more than are read`);
    const records = new Map<string, OsvRecord>();
    const open = [...ids];
    while (open.length > 0) {
      const answers = await Promise.all(
        open.splice(0, RECORDS_AT_ONCE).map((id) => this.record(id)),
      );
      for (const answer of answers) {
        if (answer.kind === 'unavailable') return answer;
        records.set(answer.value.id, answer.value);
      }
    }
    return { kind: 'got', value: records };
  }

  private async batch(
    queries: readonly Query[],
  ): Promise<Asked<{ readonly hits: readonly Hit[]; readonly further: readonly Query[] }>> {
    const json = JSON.stringify({ queries: queries.map(queryOf) });
    const answer = await askHttp(
      { address: this.address('v1/querybatch'), json, ...this.limits },
      this.signal,
    );
    if (answer.kind === 'refused') return this.unavailable(answer.reason);
    const results = ownValue(asObject(parsedJson(answer.body)) ?? {}, 'results');
    // The order is all that ties an answer to its question.
    if (!Array.isArray(results) || results.length !== queries.length) {
      return this.unavailable(`gave no answer for each question (200, ${answer.contentType})`);
    }
    const read = queries.map(({ coordinate }, index) => readResult(results[index], coordinate));
    if (read.some(({ isWhole }) => !isWhole)) {
      return this.unavailable('named an advisory without an id');
    }
    const hits = read.flatMap((one) => one.hits);
    return { kind: 'got', value: { hits, further: read.flatMap((one) => one.further) } };
  }

  private async record(id: string): Promise<Asked<OsvRecord>> {
    const address = this.address(`v1/vulns/${encodeURIComponent(id)}`);
    const answer = await askHttp({ address, ...this.limits }, this.signal);
    if (answer.kind === 'refused') return this.unavailable(`${answer.reason} when asked for ${id}`);
    const record = readOsvRecord(parsedJson(answer.body));
    if (record?.id !== id) return this.unavailable(`gave no record for ${id}`);
    return { kind: 'got', value: record };
  }

  private address(path: string): string {
    return new URL(path, this.base.endsWith('/') ? this.base : `${this.base}/`).href;
  }

  private unavailable(reason: string): Extract<AdvisoryAnswer, { kind: 'unavailable' }> {
    return { kind: 'unavailable', reason: `${sourceName(this.base)} ${reason}` };
  }
}

interface ReadResult {
  readonly isWhole: boolean;
  readonly hits: readonly Hit[];
  readonly further: readonly Query[];
}

function readResult(value: unknown, coordinate: Coordinate): ReadResult {
  const result = asObject(value) ?? {};
  const ids = asList(ownValue(result, 'vulns')).map((vuln) =>
    asText(ownValue(asObject(vuln) ?? {}, 'id')),
  );
  const hits = ids.flatMap((id) =>
    id !== null && /^[\w:.-]{1,100}$/.test(id) ? [{ coordinate, id }] : [],
  );
  const pageToken = asText(ownValue(result, 'next_page_token')) ?? '';
  const further = pageToken === '' ? [] : [{ coordinate, pageToken }];
  return { isWhole: hits.length === ids.length, hits, further };
}

function queryOf({ coordinate, pageToken }: Query): unknown {
  const { ecosystem, name, version } = coordinate;
  return {
    package: { ecosystem, name },
    version,
    ...(pageToken === null ? {} : { page_token: pageToken }),
  };
}
