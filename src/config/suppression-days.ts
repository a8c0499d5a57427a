import { z } from 'zod';
import { formatDate } from '../domain/format/date';
import { DAY_MS, dayMs } from './days';
import type { Explanation } from './explain-issue';

/** What these rules look at, and nothing else: whatever else is wrong in the file, they still speak. */
const day = z.string().optional().catch(undefined);
const entry = z.looseObject({ rule: day, created: day, expires: day }).catch({});
const suppressions = z.object({
  deploymentPipeline: z.object({ security: z.object({ suppressions: z.array(entry) }) }),
});

type Entry = z.infer<typeof entry>;

const LONGEST_DAYS = 90;
const LONGEST_SECRET_DAYS = 30;

/** Nothing is set aside for ever: each entry ends within 90 days of its day, one of secrets within 30. */
export function suppressionDays(file: unknown, nowMs: number): readonly Explanation[] {
  const seen = suppressions.safeParse(file);
  if (!seen.success) return [];
  return seen.data.deploymentPipeline.security.suppressions.flatMap((one, index) =>
    explain(one, nowMs).map(({ key, ...said }) => ({
      path: ['deploymentPipeline', 'security', 'suppressions', index, key],
      part: 'value' as const,
      ...said,
    })),
  );
}

type Said = Pick<Explanation, 'rule' | 'suggestion'> & { readonly key: 'created' | 'expires' };

function explain({ rule = '', created, expires }: Entry, nowMs: number): readonly Said[] {
  const createdMs = msOf(created);
  // Somewhere on earth it may be tomorrow already.
  if (createdMs !== null && createdMs > nowMs + DAY_MS) return [inTheFuture(nowMs)];
  const from = createdMs === null ? today(nowMs) : { ms: createdMs, word: '`created`' };
  return expiryIssues(msOf(expires), { from, days: longestDays(rule) });
}

function msOf(text: string | undefined): number | null {
  return text === undefined ? null : dayMs(text);
}

function longestDays(rule: string): number {
  return rule.startsWith('secrets/') ? LONGEST_SECRET_DAYS : LONGEST_DAYS;
}

function expiryIssues(
  expiresMs: number | null,
  { from, days }: { readonly from: From; readonly days: number },
): readonly Said[] {
  if (expiresMs === null) return [];
  if (expiresMs > from.ms + days * DAY_MS) return [tooLate(days, from)];
  return from.word !== TODAY && expiresMs <= from.ms ? [tooEarly()] : [];
}

const TODAY = 'today';

interface From {
  readonly ms: number;
  readonly word: string;
}

function today(nowMs: number): From {
  return { ms: nowMs - (nowMs % DAY_MS), word: TODAY };
}

function inTheFuture(nowMs: number): Said {
  return {
    key: 'created',
    rule: 'lies in the future, and the longest time counts from it',
    suggestion: `Write the day on which it was decided, such as \`${formatDate(nowMs)}\`.`,
  };
}

function tooLate(days: number, { ms, word }: From): Said {
  return {
    key: 'expires',
    rule: `is more than ${days} days after ${word}`,
    suggestion: `Write at most \`${formatDate(ms + days * DAY_MS)}\`; what is still right then can be decided again.`,
  };
}

function tooEarly(): Said {
  return { key: 'expires', rule: 'is not after `created`', suggestion: null };
}
