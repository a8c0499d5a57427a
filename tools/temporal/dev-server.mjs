/** What every deployment is found by; SQLite has room for ten Keyword attributes a namespace. */
export const searchAttributes = {
  BelayDeployment: 'Keyword',
  BelayService: 'Keyword',
  BelayEnvironment: 'Keyword',
  BelayStrategy: 'Keyword',
  BelayPhase: 'Keyword',
  BelayOutcome: 'Keyword',
  BelayRevision: 'Keyword',
  BelayCommit: 'Keyword',
  BelayInitiator: 'Keyword',
  BelayPromotion: 'Keyword',
  BelayTrafficPercent: 'Double',
  BelayCommitTime: 'Datetime',
};

/**
 * Arguments of the `temporal` binary for a development server that survives a kill: the database is
 * a file, and each commit is on disk before it is answered. Listens on loopback only, because it has
 * no authentication. Search attributes act on a new database only.
 *
 * @param {{port: number, uiPort?: number, database: string}} options without `uiPort` there is no web page
 * @returns {string[]}
 */
export function devServerArguments({ port, uiPort, database }) {
  const ui = uiPort === undefined ? ['--headless'] : ['--ui-port', `${uiPort}`];
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', `${port}`],
    ...ui,
    '--ui-disable-news-fetch',
    ...['--db-filename', database],
    ...['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=2'],
    ...['--log-level', 'warn'],
    ...Object.entries(searchAttributes).flatMap(([name, type]) => [
      '--search-attribute',
      `${name}=${type}`,
    ]),
  ];
}
