import { escapeHtml } from './escape-html';

/** HTML that this program wrote. Only {@link markup} makes it, so that text of others is always escaped. */
export class Markup {
  constructor(readonly html: string) {}
}

export type Piece = Markup | string | number | null | readonly Piece[];

/** A template of HTML: strings and numbers in it are escaped, markup is kept, lists are joined, null is nothing. */
export function markup(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  const rest = pieces.map((piece, index) => `${written(piece)}${parts[index + 1] ?? ''}`);
  return new Markup(`${parts[0] ?? ''}${rest.join('')}`);
}

function written(piece: Piece): string {
  if (piece === null) return '';
  if (piece instanceof Markup) return piece.html;
  if (typeof piece === 'object') return piece.map(written).join('');
  return escapeHtml(String(piece));
}
