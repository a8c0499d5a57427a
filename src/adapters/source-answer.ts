import type { SourceAnswer, SourceSession } from './source-session';

/** The JSON of an answer with status 200. Throws `METRICS_UNAVAILABLE` for every other answer. */
export function jsonOf(session: SourceSession, answer: SourceAnswer): unknown {
  const refusal = refusalOf(answer.status);
  if (refusal !== null) throw session.unusable(refusal.what, refusal.next);
  const value = parseJson(answer.text);
  if (value !== undefined) return value;
  throw session.unusable(notJson(answer.text), 'Let its address lead to the source itself.');
}

/** Undefined where the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

interface Refusal {
  readonly what: string;
  readonly next?: string;
}

function refusalOf(status: number): Refusal | null {
  if (status === 200) return null;
  if (status >= 300 && status < 400)
    return {
      what: `answered ${status} and sends elsewhere, which is not followed`,
      next: 'Give the address that it sends to, or log the worker in with `bearerSecret`.',
    };
  if (status === 401 || status === 403)
    return {
      what: `refused access (${status})`,
      next: 'Name a secret that it accepts as `bearerSecret`.',
    };
  if (status === 404)
    return { what: 'answered 404: it is not at this path', next: 'Correct its address.' };
  return { what: `answered ${status}` };
}

function notJson(text: string): string {
  if (text.trim() === '') return 'answered nothing';
  if (/^\s*</.test(text)) return 'answered a web page (HTML) where JSON was expected';
  if (/[[,:]\s*(-?Infinity|NaN)\b/.test(text))
    return 'answered NaN or Infinity, which JSON does not have';
  return 'answered something that is not JSON';
}
