import { join } from 'node:path';
import type { Finding } from '../../../domain/checks/finding';
import type { SkippedTarget } from '../../../domain/checks/scan-report';
import { readDockerfile } from '../../inspection/dockerfile/read-dockerfile';
import { reasonOf } from '../../inspection/infrastructure/unreadable-file';
import { loadWindowRules, type WindowRules } from '../../inspection/secret-rules/secret-rules';
import { thread, type SayProgress } from '../../inspection/thread';
import { cutTargets, worstFindings } from '../../inspection/worst-findings';
import type { ContainerOrder, ContainerResult } from './container-order';
import { findsDockerfileProbe, findsLayerProbe } from './container-probe';
import { applyDockerfileRules } from './dockerfile-rules/apply-dockerfile-rules';
import { imagesIn } from './image/images-in';
import { scanImage } from './image/scan-image';
import { readTarget } from './read-target';
import { scanReferences } from './references/scan-references';

thread<ContainerOrder, ContainerResult>(look);

/** What was found in some of the targets. */
interface Part {
  readonly covered: number;
  readonly skipped: readonly SkippedTarget[];
  readonly findings: readonly Finding[];
}

async function look(order: ContainerOrder, progress: SayProgress): Promise<ContainerResult> {
  const parts = [await lookAtDockerfiles(order, progress), await scanReferences(order, progress)];
  const { images, skipped } = await imagesIn(order);
  parts.push({ covered: 0, skipped, findings: [] });
  let alive = findsDockerfileProbe(order.fingerprintKey);
  if (images.length > 0) {
    const rules = await loadWindowRules(order.fingerprintKey);
    alive = alive && (await findsLayerProbe(rules));
    parts.push(...(await lookAtImages({ order, images, rules, progress })));
  }
  const worst = worstFindings(onceEach(parts.flatMap((part) => part.findings)));
  return {
    probe: alive ? 'hit' : 'miss',
    covered: parts.reduce((count, { covered }) => count + covered, 0),
    skipped: [...cutTargets(worst.cut), ...parts.flatMap((part) => part.skipped)],
    findings: worst.findings,
  };
}

async function lookAtDockerfiles(order: ContainerOrder, progress: SayProgress): Promise<Part> {
  const findings: Finding[] = [];
  const skipped: SkippedTarget[] = [];
  for (const [done, path] of order.dockerfiles.entries()) {
    progress(done, order.dockerfiles.length, path);
    try {
      const text = await readTarget(join(order.root, path), order.maxDockerfileBytes);
      findings.push(...applyDockerfileRules(path, readDockerfile(text), order.fingerprintKey));
    } catch (error) {
      skipped.push({ target: path, reason: reasonOf(error), allowed: false });
    }
  }
  return { covered: order.dockerfiles.length - skipped.length, skipped, findings };
}

interface ImagesOrder {
  readonly order: ContainerOrder;
  readonly images: Awaited<ReturnType<typeof imagesIn>>['images'];
  readonly rules: WindowRules;
  readonly progress: SayProgress;
}

async function lookAtImages({
  order,
  images,
  rules,
  progress,
}: ImagesOrder): Promise<readonly Part[]> {
  const parts: Part[] = [];
  for (const [done, { path, files }] of images.entries()) {
    parts.push(
      await scanImage({
        path,
        files,
        rules,
        limits: order.limits,
        key: order.fingerprintKey,
        progress: (current) => progress(done, images.length, current),
      }),
    );
  }
  return parts;
}

/** The same problem in images that share a layer is told once. */
function onceEach(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [finding.fingerprint, finding])).values()];
}
