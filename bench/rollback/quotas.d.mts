import type { Moment } from './moments.mjs';

export type Quotas = Readonly<Record<Moment, number>>;
type Measured = readonly { readonly moment: Moment }[];
export function quotasOf(count: number): Quotas;
export function nextMoment(quotas: Quotas, measured: Measured, random: () => number): Moment | null;
export function lacking(quotas: Quotas, measured: Measured): number;
