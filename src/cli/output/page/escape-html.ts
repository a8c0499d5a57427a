import { plain } from '../style';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for an element or a quoted attribute, without the characters that turn or hide what stands beside them. */
export function escapeHtml(text: string): string {
  const readable = plain(text.replace(/\p{Surrogate}/gu, '\ufffd'));
  return readable.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
