import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { affects } from './affects.mjs';

/** Hand-written records, named as the fixtures that they are. */
export const FIXTURE_ADVISORIES_PATH = fileURLToPath(
  new URL('fixture-advisories.json', import.meta.url),
);

const BULK_PATH = '/-/npm/v1/security/advisories/bulk';

/**
 * A source of advisories on loopback that knows a few fixtures: as records (GET /), as the OSV API and as a registry's bulk
 * endpoint. Lets tests, the demo and CI look up advisories without the network.
 */
export async function startAdvisoryStub({ records = fixtures(), port = 0, answer } = {}) {
  const requests = [];
  const server = createServer((request, response) => {
    readBody(request).then((body) => {
      requests.push({ method: request.method, path: request.url, body });
      if (answer?.(request, response) === true) return;
      respond(response, routed({ method: request.method, path: request.url, body }, records));
    });
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    requests,
    close: () => closed(server),
  };
}

function fixtures() {
  return JSON.parse(readFileSync(FIXTURE_ADVISORIES_PATH, 'utf8'));
}

function routed({ method, path, body }, records) {
  if (method === 'GET' && path === '/') return records;
  if (method === 'GET' && path.startsWith('/v1/vulns/')) {
    const id = decodeURIComponent(path.slice('/v1/vulns/'.length));
    return records.find((record) => record.id === id) ?? null;
  }
  if (method !== 'POST') return null;
  if (path === '/v1/querybatch') return answerBatch(JSON.parse(body), records);
  if (path === BULK_PATH) return answerBulk(JSON.parse(body), records);
  return null;
}

function answerBatch({ queries }, records) {
  const results = queries.map(({ package: { ecosystem, name }, version }) => {
    const vulns = records
      .filter((record) => affects(record, { ecosystem, name, version }))
      .map(({ id, modified }) => ({ id, modified }));
    return vulns.length === 0 ? {} : { vulns };
  });
  return { results };
}

function answerBulk(asked, records) {
  const entries = Object.entries(asked).map(([name, versions]) => {
    const known = records.filter((record) =>
      versions.some((version) => affects(record, { ecosystem: 'npm', name, version })),
    );
    return [name, known.map((record) => bulkEntry(record, name))];
  });
  return Object.fromEntries(entries.filter(([, known]) => known.length > 0));
}

function bulkEntry(record, name) {
  const affected = record.affected.find((one) => one.package.name === name);
  return {
    id: Number(/\d{1,6}$/.exec(record.id)?.[0] ?? 0),
    url: `https://advisories.example/${record.id}`,
    title: record.summary,
    severity: record.database_specific?.severity?.toLowerCase() ?? 'high',
    vulnerable_versions: rangeOf(affected),
    cwe: [],
    cvss: { score: 0, vectorString: record.severity?.[0]?.score ?? null },
  };
}

function rangeOf({ versions, ranges }) {
  const events = ranges?.flatMap((range) => range.events) ?? [];
  const fixed = events.find((event) => event.fixed !== undefined)?.fixed;
  return fixed === undefined ? versions.join(' || ') : `<${fixed}`;
}

function respond(response, document) {
  response.writeHead(document === null ? 404 : 200, {
    'content-type': 'application/json',
    'last-modified': new Date().toUTCString(),
  });
  response.end(JSON.stringify(document ?? { code: 5, message: 'not found' }));
}

async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function closed(server) {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
