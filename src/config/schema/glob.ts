import { text } from './words';

/** A path or pattern as reports show paths: from the root of what is checked, with forward slashes. */
export const glob = text.superRefine((pattern, context) => {
  const plain = pattern.replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '');
  if (plain === pattern && !pattern.split('/').includes('..')) return;
  context.addIssue({
    code: 'custom',
    message:
      'must be seen from the root of what is checked, with `/` between folders, as reports show it',
    params: plain.split('/').includes('..') ? {} : { suggestion: `Write \`${plain}\`.` },
  });
});
