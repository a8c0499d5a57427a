import { shareTemporalAddress, startTemporalServer, type TemporalServer } from './temporal-server';

declare global {
  var belayTemporalServer: TemporalServer | undefined;
}

/** Starts the one Temporal server of a run. Without one the run fails with the ways to get one. */
export default async function globalTemporalSetup(): Promise<void> {
  const server = await startTemporalServer();
  globalThis.belayTemporalServer = server;
  shareTemporalAddress(server.address);
}
