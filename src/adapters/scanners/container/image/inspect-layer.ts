import type { Finding } from '../../../../domain/checks/finding';
import type { SkippedTarget } from '../../../../domain/checks/scan-report';
import type { FindingSeverity } from '../../../../domain/checks/severity';
import { shownPath } from '../../../inspection/inventory/shown-path';
import type { LayerEntry } from '../../../inspection/oci/layer-entry';
import type { WindowRules } from '../../../inspection/secret-rules/secret-rules';
import { textWindows } from '../../../inspection/secret-rules/text-window';
import { cutTargets, worstCut } from '../../../inspection/worst-findings';
import { entryText } from './entry-text';
import { problemsOf, type EntryProblem } from './entry-problems';
import { plainPath, whiteoutOf, type LayerFacts } from './layer-facts';

/** Where the layer is: the prefix of its paths, and its short name. */
export interface LayerPlace {
  /** `images/web.tar` */
  readonly image: string;
  /** `layer sha256:0123456789ab` */
  readonly layer: string;
}

/** Of those that block, and of those that only warn. */
const MOST_FINDINGS = 500;
const CUT_REASON = 'more than 500 findings; the others are not listed';
const MOST_PROBLEMS = 100;
const MOST_SETUID = 1_000;
const SETUID = 0o4000;

/** Takes the entries of one layer, one after the other, and remembers what the rules need of them. */
export class LayerInspection {
  private readonly blocking = new Map<string, Finding>();
  private readonly warning = new Map<string, Finding>();
  private cut: FindingSeverity | null = null;
  private readonly problems: EntryProblem[] = [];
  private readonly setuid: string[] = [];
  private readonly paths = new Set<string>();
  private readonly removed = new Set<string>();
  private readonly emptied = new Set<string>();

  constructor(
    private readonly place: LayerPlace,
    private readonly rules: WindowRules,
  ) {}

  async visit(entry: LayerEntry): Promise<void> {
    const path = plainPath(entry.header.name);
    for (const rule of problemsOf(entry))
      if (this.problems.length < MOST_PROBLEMS) this.problems.push({ rule, path });
    if (this.takesAway(path)) return;
    this.paths.add(path);
    if (!isContent(entry)) return;
    if (((entry.header.mode ?? 0) & SETUID) !== 0 && this.setuid.length < MOST_SETUID)
      this.setuid.push(path);
    await this.lookForSecrets(entry, path);
  }

  facts(): LayerFacts {
    const { problems, setuid, paths, removed, emptied } = this;
    const findings = [...this.blocking.values(), ...this.warning.values()];
    return { findings, problems, setuid, paths, removed, emptied };
  }

  /** That findings were left out, if they were; `target` names the layer. */
  leftOut(target: string): readonly SkippedTarget[] {
    return cutTargets(this.cut, { target, reason: CUT_REASON });
  }

  private takesAway(path: string): boolean {
    const whiteout = whiteoutOf(path);
    if (whiteout === null) return false;
    if (whiteout.kind === 'removes') this.removed.add(whiteout.path);
    else this.emptied.add(whiteout.folder);
    return true;
  }

  private async lookForSecrets(entry: LayerEntry, path: string): Promise<void> {
    const pieces = await entryText(entry);
    if (pieces === null) return;
    const shown = pathInImage(this.place.image, path);
    for await (const window of textWindows(pieces)) {
      for (const finding of await this.rules(shown, window))
        this.keep(inLayer(finding, this.place.layer));
    }
  }

  private keep(finding: Finding): void {
    const { fingerprint, severity } = finding;
    const kept = severity === 'low' || severity === 'info' ? this.warning : this.blocking;
    if (kept.size < MOST_FINDINGS || kept.has(fingerprint)) kept.set(fingerprint, finding);
    else this.cut = worstCut([this.cut, severity]);
  }
}

/** `images/web.tar!/etc/passwd`: a file inside of a file. */
export function pathInImage(image: string, path: string): string {
  return shownPath(`${image}!/${path}`);
}

/** A secret in a layer is a matter of the image: a later layer that deletes it does not take it out of the image. */
function inLayer(finding: Finding, layer: string): Finding {
  const location = finding.location === null ? null : { ...finding.location, resource: layer };
  const sentence =
    'Revoke it, and build the image again without it: deleting it in a later layer is not enough.';
  return {
    ...finding,
    scanner: 'container',
    location,
    fix: finding.fix === null ? null : { ...finding.fix, sentence },
  };
}

function isContent({ header }: LayerEntry): boolean {
  return (
    header.type === 'file' ||
    header.type === 'contiguous-file' ||
    header.type === null ||
    header.type === undefined
  );
}
