/** What became of one that stood in line. */
export type LineEnd =
  | { readonly kind: 'started'; readonly runId: string }
  /** Another deployment has the same request key: it is the same request. */
  | { readonly kind: 'attached'; readonly to: string }
  | { readonly kind: 'superseded'; readonly by: string }
  | { readonly kind: 'left'; readonly by: string; readonly reason: string | null }
  | { readonly kind: 'expired' }
  | { readonly kind: 'refused'; readonly why: LineRefusal; readonly sentence: string };

/** `in-progress`: it did not want to wait. `full`: too many wait. `not-startable`: Temporal took it not. */
export type LineRefusal = 'in-progress' | 'full' | 'not-startable';

/** One sentence: what happened to the deployment, as its subject. */
export function sentenceOfEnd(end: LineEnd): string {
  switch (end.kind) {
    case 'started':
      return 'It was started.';
    case 'attached':
      return `It is the same request as ${end.to}.`;
    case 'superseded':
      return `${end.by} has taken its place.`;
    case 'left':
      return `${end.by} took it out of the line${end.reason === null ? '' : `: ${end.reason}`}.`;
    case 'expired':
      return 'Its turn did not come in time.';
    case 'refused':
      return end.sentence;
  }
}
