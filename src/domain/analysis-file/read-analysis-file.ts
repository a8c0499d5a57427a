import { placeWindows, type PlacedRecording } from './place-windows';
import { readConfig, type FileConfig } from './read-config';
import type { MinimumSamples } from './read-guard';
import { readWindow } from './read-window';
import { Structure, type Problem } from './structure';

/** A recording and what it is judged by: docs/judge.md has the format. */
export interface AnalysisFile {
  readonly config: FileConfig;
  readonly recording: PlacedRecording;
  /** How many windows the file has. */
  readonly windowCount: number;
  /** What its windows count beside requests, each name once and as it may be shown. */
  readonly names: readonly string[];
}

export type AnalysisFileReading =
  | { readonly kind: 'read'; readonly file: AnalysisFile }
  | { readonly kind: 'broken'; readonly problems: readonly Problem[] };

const KNOWN = ['schemaVersion', 'config', 'windows'];

/** Strict about the structure, which is a mistake of whoever wrote the file; a figure that cannot be true is a fault of it. */
export function readAnalysisFile(
  document: unknown,
  { minimumSamples }: { readonly minimumSamples: MinimumSamples },
): AnalysisFileReading {
  const structure = new Structure();
  const members = structure.members(document, 'the file', KNOWN);
  if (members === null) return { kind: 'broken', problems: structure.problems };
  const { schemaVersion, config, windows } = members.values;
  if (schemaVersion !== 1) {
    structure.refuse(
      'schemaVersion',
      schemaVersion === undefined ? 'is missing: it is 1' : 'is not 1',
    );
  }
  const read = readConfig(config, { structure, minimumSamples });
  const list = structure.list(windows, 'windows');
  const all = list.flatMap((window, place) => readWindow(window, place, structure) ?? []);
  if (read === null || structure.problems.length > 0) {
    return { kind: 'broken', problems: structure.problems };
  }
  return {
    kind: 'read',
    file: {
      ...{ config: read, recording: placeWindows(all), windowCount: list.length },
      names: [...new Set(all.flatMap(({ canary }) => canary.names))],
    },
  };
}
