import { z } from 'zod';
import type { Mistake } from './words';

/** A command as a list: what is run, and its arguments. No shell reads it. */
export const argv = z
  .array(z.string().min(1).max(4_096))
  .min(1)
  .max(200)
  .superRefine((words, context) => {
    const [first = ''] = words;
    if (words.length > 1 || !/\s/.test(first)) return;
    context.addIssue({ code: 'custom', ...shellLine(first) });
  });

function shellLine(line: string): Mistake {
  return {
    message: 'is one text with spaces, and no shell takes it apart',
    params: { suggestion: `Write a list: \`[${line.trim().split(/\s+/).join(', ')}]\`.` },
  };
}

/** What is wrong where the argument that Belay replaces is not there. */
export function placeholderIssue(
  words: readonly string[],
  placeholder: string,
  why: string,
): Mistake | null {
  if (words.some((word) => word.includes(placeholder))) return null;
  return {
    message: `names no \`${placeholder}\`, ${why}`,
    params: { suggestion: `Add \`"${placeholder}"\` to the list.` },
  };
}
