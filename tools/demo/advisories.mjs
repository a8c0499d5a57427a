import { createServer } from 'node:http';

/**
 * Hand-written records in the shape of OSV, for the demo only: three old versions that nobody should ship. What a real
 * service would be compared with comes from its registry or from the OSV database.
 */
const records = [
  record({ id: 'BELAY-DEMO-1', name: 'lodash', fixed: '4.17.21', impact: 'C:H/I:H/A:H' }),
  record({ id: 'BELAY-DEMO-2', name: 'minimist', fixed: '1.2.6', impact: 'C:H/I:H/A:H' }),
  record({ id: 'BELAY-DEMO-3', name: 'left-pad', fixed: '1.3.0', impact: 'C:N/I:N/A:L' }),
];

/** Serves the records on loopback; answers the address, and how to end it. */
export async function serveAdvisories() {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(records));
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return { address: `http://127.0.0.1:${server.address().port}/advisories.json`, close };
}

function record({ id, name, fixed, impact }) {
  return {
    id,
    modified: new Date().toISOString(),
    summary: `Versions of ${name} before ${fixed} (a record of the demo)`,
    affected: [
      {
        package: { ecosystem: 'npm', name },
        ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed }] }],
      },
    ],
    severity: [{ type: 'CVSS_V3', score: `CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/${impact}` }],
  };
}
