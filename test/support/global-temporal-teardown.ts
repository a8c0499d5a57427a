export default async function globalTemporalTeardown(): Promise<void> {
  await globalThis.belayTemporalServer?.stop();
}
