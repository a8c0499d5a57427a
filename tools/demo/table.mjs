/**
 * The figures of all scenarios as lines of text, then where each history and the report page can be read.
 *
 * @param {{scenarios: readonly object[], requests: number, failedByRouter: number}} figures as `tally` gives them
 * @param {{webUrl: string | null, played: readonly {name: string, workflowId: string, runId: string, reportPage?: string}[]}} demo
 */
export function tableOf({ scenarios, requests, failedByRouter }, { webUrl, played }) {
  const rows = [columns.map(({ title }) => title), ...scenarios.map((one) => cells(one))];
  const widths = columns.map((_, index) => Math.max(...rows.map((row) => row[index].length)));
  const lines = rows.map((row) =>
    row.map((cell, index) => aligned(cell, index, widths)).join('  '),
  );
  return [
    '',
    ...lines.map((line) => line.trimEnd()),
    '',
    `${requests} requests in all, ${failedByRouter} failed by the router`,
    '',
    webUrl === null
      ? 'Temporal Web: not known, TEMPORAL_ADDRESS names a server of yours'
      : `Temporal Web: ${webUrl} (to open these after the end, run the demo with --keep)`,
    ...(webUrl === null
      ? []
      : played.map((one) => `  ${one.name}: ${historyAddress(webUrl, one)}`)),
    ...played.flatMap(({ name, reportPage }) =>
      reportPage === undefined ? [] : ['', `Report page of ${name}: ${reportPage}`],
    ),
    '',
  ];
}

const columns = [
  { title: 'scenario', of: ({ name }) => name },
  { title: 'outcome', of: ({ outcome }) => outcome },
  { title: 'seconds', of: ({ seconds }) => seconds?.toFixed(1) ?? '-' },
  { title: 'requests', of: ({ requests }) => `${requests}` },
  { title: 'failed by router', of: ({ failedByRouter }) => `${failedByRouter}` },
  { title: 'by the revision', of: ({ failedByRevision }) => `${failedByRevision}` },
  { title: 'exposed to the bad revision', of: ({ exposed }) => `${exposed}` },
  {
    title: 'decision to 100 % stable observed',
    of: ({ rollbackMs }) => (rollbackMs === null ? '-' : `${rollbackMs} ms`),
  },
];

function cells(scenario) {
  return columns.map(({ of }) => of(scenario));
}

function aligned(cell, index, widths) {
  return index < 2 ? cell.padEnd(widths[index]) : cell.padStart(widths[index]);
}

/** The page of one run in Temporal Web. */
export function historyAddress(webUrl, { workflowId, runId }) {
  return `${webUrl}/namespaces/default/workflows/${encodeURIComponent(workflowId)}/${runId}/history`;
}
