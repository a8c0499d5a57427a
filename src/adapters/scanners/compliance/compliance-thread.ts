import type { SkippedTarget } from '../../../domain/checks/scan-report';
import { errorCode } from '../../error-code';
import {
  readInfrastructure,
  type InfrastructureText,
} from '../../inspection/infrastructure/read-infrastructure';
import { readText } from '../../inspection/read-text';
import { thread, type SayProgress } from '../../inspection/thread';
import { cutTargets, worstFindings } from '../../inspection/worst-findings';
import { applyRules } from './apply-rules';
import type { ComplianceOrder, ComplianceResult, InfrastructureFile } from './compliance-order';
import { findsProbes } from './probe';
import { infrastructureThings } from './read/configured-things';
import { serviceThings } from './read/service-thing';
import { thingsOf } from './read/things';

const MOST_UNDECIDED = 200;

thread<ComplianceOrder, ComplianceResult>(look);

async function look(order: ComplianceOrder, progress: SayProgress): Promise<ComplianceResult> {
  const probe = await findsProbes();
  const { texts, unreadable } = await readTexts(order, progress);
  const { groups, read, unread } = await readInfrastructure(texts, progress);
  const things = [
    ...groups.flatMap(thingsOf),
    ...infrastructureThings(order.infrastructure),
    ...(order.service === null ? [] : serviceThings(order.service)),
  ];
  const { findings, undecided } = applyRules(things, order);
  const worst = worstFindings(findings);
  const skipped = [
    ...cutTargets(worst.cut),
    ...unreadable,
    ...unread.map(({ path, reason }) => ({ target: path, reason, allowed: false })),
    ...undecidedTargets(undecided),
  ];
  return {
    probe,
    covered: read.length,
    skipped,
    findings: worst.findings,
  };
}

async function readTexts(
  order: ComplianceOrder,
  progress: SayProgress,
): Promise<{ texts: readonly InfrastructureText[]; unreadable: readonly SkippedTarget[] }> {
  const texts: InfrastructureText[] = [];
  const unreadable: SkippedTarget[] = [];
  for (const [done, file] of order.files.entries()) {
    progress(done, order.files.length, file.path);
    const text = await textOf(file, order);
    if (text.kind === 'text') texts.push({ ...file, text: text.text });
    else unreadable.push({ target: file.path, reason: text.reason, allowed: false });
  }
  return { texts, unreadable };
}

type TextOrReason =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'none'; readonly reason: string };

async function textOf(
  { path }: InfrastructureFile,
  { root, maxFileBytes }: ComplianceOrder,
): Promise<TextOrReason> {
  try {
    const content = await readText(`${root}/${path}`, maxFileBytes);
    switch (content.kind) {
      case 'text':
        return content;
      case 'binary':
        return { kind: 'none', reason: 'it is binary, and its name says that it is text' };
      case 'too-large':
        return { kind: 'none', reason: `it is larger than ${maxFileBytes} bytes` };
    }
  } catch (error) {
    return {
      kind: 'none',
      reason: `it could not be read (${errorCode(error) ?? 'unknown error'})`,
    };
  }
}

/** Unknown is not safe, and it is no finding either: it is said, and no part of what can be covered before it is created. */
function undecidedTargets(
  undecided: ReadonlyMap<string, readonly string[]>,
): readonly SkippedTarget[] {
  return [...undecided].slice(0, MOST_UNDECIDED).map(([target, rules]) => ({
    target,
    reason: `only known when it is created, so not decided: ${rules.slice(0, 5).join(', ')}`,
    allowed: true,
  }));
}
