/** The strategies whose blocks stand in a part of the file. */
export function strategiesMeant(part: Readonly<Record<string, unknown>>): readonly BlockStrategy[] {
  return BLOCKS.filter((block) => part[block] !== undefined);
}

const BLOCKS = ['canary', 'rolling', 'recreate'] as const;
type BlockStrategy = (typeof BLOCKS)[number];
