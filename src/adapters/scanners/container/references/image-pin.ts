/** What says which image it is: its digest, a tag that can be moved, or nothing but a name. */
export function imagePin(image: string): 'digest' | 'tag' | 'nothing' {
  if (/@sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})$/i.test(image)) return 'digest';
  const [name = ''] = image.slice(image.lastIndexOf('/') + 1).split('@');
  const tag = /:([\w.-]{1,128})$/.exec(name)?.[1];
  return tag === undefined || tag === 'latest' ? 'nothing' : 'tag';
}
