import type { ExternalTool } from '../domain/checks/policy';
import { DEFAULTS } from './defaults';
import { resolvePath } from './resolve-path';
import type { ToolBlock } from './schema/tools';
import { secondsToMs } from './units';

/** Scanners of the user's own; one that says nothing else must answer. */
export function readTools(blocks: readonly ToolBlock[], folder: string): readonly ExternalTool[] {
  return blocks.map((block) => readTool(block, folder));
}

function readTool(block: ToolBlock, folder: string): ExternalTool {
  const { name, scanner, command = [], sarif, timeout } = block;
  const required = block.required ?? true;
  if (sarif !== undefined) {
    return { kind: 'import', name, scanner, path: resolvePath(folder, sarif), required };
  }
  return {
    kind: 'run',
    name,
    scanner,
    command,
    sha256: block.sha256 ?? null,
    timeoutMs: secondsToMs(timeout ?? DEFAULTS.checks.tool),
    exitCodes: block.exitCodes ?? [0],
    required,
  };
}
