import { createHash } from 'node:crypto';
import { markup, Markup } from './markup';

export interface PageParts {
  readonly title: string;
  /** The only one that the page's policy lets in, by digest. */
  readonly stylesheet: string;
  /** Where the link that skips the head leads to, and what it says. */
  readonly skip: { readonly id: string; readonly words: string };
  readonly body: Markup;
}

/**
 * One HTML page that needs nothing else: no request, no script. Its policy lets in one stylesheet, by digest; whatever
 * text of others it holds can neither run nor load nor restyle anything.
 */
export function pageDocument({ title, stylesheet, skip, body }: PageParts): string {
  const page = markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy(stylesheet)}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">
<title>${title}</title><style>${new Markup(stylesheet)}</style></head>
<body><a class="skip" href="#${skip.id}">${skip.words}</a><div class="page">
${body}
</div></body></html>
`;
  return page.html;
}

function policy(stylesheet: string): string {
  const digest = createHash('sha256').update(stylesheet).digest('base64');
  return `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`;
}

/** Links to the parts of the page that are there. */
export function pageNavigation(
  places: readonly (readonly [id: string, name: string, exists: boolean])[],
): Markup {
  const links = places.filter(([, , exists]) => exists);
  return markup`<nav aria-label="Parts of this page">${links.map(([id, name]) => markup`<a href="#${id}">${name}</a>`)}</nav>`;
}
