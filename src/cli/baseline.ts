import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { GATE_METRICS, type Measurements } from '../domain/checks/gate';
import type { PreviousVerification } from '../domain/checks/judge-checks';
import { BelayError } from '../domain/errors';

const MOST_BYTES = 200_000_000;

/**
 * What an earlier `belay verify --output json` found and measured.
 * @throws BelayError `USAGE` where the file is not such an answer
 */
export async function readBaseline(path: string, cwd: string): Promise<PreviousVerification> {
  const document = await readJson(resolve(cwd, path));
  const { findings, measurements } = document as {
    readonly findings?: unknown;
    readonly measurements?: unknown;
  };
  if (!Array.isArray(findings)) throw notBaseline(path);
  return { fingerprints: findings.flatMap(fingerprintOf), measurements: measured(measurements) };
}

function fingerprintOf(finding: unknown): readonly string[] {
  const { fingerprint } = (finding ?? {}) as { readonly fingerprint?: unknown };
  return typeof fingerprint === 'string' ? [fingerprint] : [];
}

function measured(values: unknown): Measurements {
  const entries = Object.entries((values ?? {}) as Record<string, unknown>);
  return Object.fromEntries(
    entries.filter(
      ([metric, value]) => Object.hasOwn(GATE_METRICS, metric) && Number.isFinite(value),
    ),
  );
}

async function readJson(path: string): Promise<object> {
  try {
    if ((await stat(path)).size > MOST_BYTES) throw notBaseline(path);
    const document: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof document === 'object' && document !== null) return document;
  } catch {
    // Said below, in our own words: a parser's message would quote the file.
  }
  throw notBaseline(path);
}

function notBaseline(path: string): BelayError {
  return new BelayError(
    'USAGE',
    `${path} is not the JSON of an earlier \`belay verify\`. Nothing was checked; traffic is not touched by \`verify\`.`,
    { next: 'Make one with `belay verify DIR --output json > baseline.json`.' },
  );
}
