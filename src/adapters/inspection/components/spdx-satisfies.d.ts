/** The package brings no types. */
declare module 'spdx-satisfies' {
  /**
   * Whether the licence expression can be met with the approved licences.
   * @throws Error where either is no SPDX expression
   */
  function satisfies(expression: string, approved: readonly string[]): boolean;
  export = satisfies;
}
