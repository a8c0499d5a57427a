const THIRD_PARTY = /(?:^|\/)(?:node_modules|bower_components|site-packages)\//;

/** Whether somebody else wrote it: packages ship files that are broken on purpose, as tests of their own. */
export function isThirdParty(path: string): boolean {
  return THIRD_PARTY.test(path);
}
