const ALLOWED = new Set(
  (
    'html head meta title style body a div header p h1 h2 h3 ul ol li dl dt dd nav main section footer svg path text ' +
    'rect circle span small strong code bdi br table caption thead tbody tr th td fieldset legend label input ' +
    'details summary time g line polyline pattern desc figure figcaption'
  ).split(' '),
);
const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s+[A-Za-z][A-Za-z0-9-]*(?:="[^"<>]*")?)*)\s*(\/?)>/g;
const VOID = new Set(['meta', 'br', 'input']);

/** Elements that nobody wrote, attributes that load or run, tags without an end: each is a mistake. */
export function pageMistakes(page: string, stylesheet: string): readonly string[] {
  const body = page.replace('<!doctype html>', '').replace(stylesheet, '');
  const tags = [...body.matchAll(TAG)];
  return [
    ...tags.flatMap(([, , name = '']) => (ALLOWED.has(name) ? [] : [`element ${name}`])),
    ...tags.flatMap(([, , , attributes = '']) => attributeMistakes(attributes)),
    ...nestingMistakes(tags),
    ...(/[<>]/.test(body.replace(TAG, '')) ? ['a bracket that opens or ends nothing'] : []),
    ...(/&(?!(?:amp|lt|gt|quot|#39);)/.test(body) ? ['an ampersand on its own'] : []),
  ];
}

function nestingMistakes(tags: readonly RegExpMatchArray[]): readonly string[] {
  const open: string[] = [];
  const ends = tags.flatMap(([, end, name = '', , own]) => {
    if (end === '/') return open.pop() === name ? [] : [`end of ${name}`];
    if (own === '' && !VOID.has(name)) open.push(name);
    return [];
  });
  return [...ends, ...open.map((name) => `no end of ${name}`)];
}

function attributeMistakes(attributes: string): readonly string[] {
  const all = [...attributes.matchAll(/([A-Za-z][A-Za-z0-9-]*)(?:="([^"]*)")?/g)];
  return all.flatMap(([, name = '', value = '']) => {
    if (name.startsWith('on') || ['style', 'src', 'srcset', 'action'].includes(name)) return [name];
    return name === 'href' && !value.startsWith('#') ? [`link to ${value}`] : [];
  });
}
