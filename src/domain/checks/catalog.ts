/** The checks of this version, by phase. The workflow runs each as its own activity. */
export const VALIDATORS = ['manifest'] as const;
export const SCANNERS = ['secrets'] as const;

export type CheckName = (typeof VALIDATORS)[number] | (typeof SCANNERS)[number];
