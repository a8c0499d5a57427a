/** The address without credentials, query and fragment: tokens stand there. */
export function sourceName(address: string): string {
  if (!URL.canParse(address)) return 'an address that cannot be read';
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname === '/' ? '' : pathname}`;
}
