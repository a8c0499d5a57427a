import type { LoadRequest } from './load.mjs';

export type MixKind = 'get' | 'post' | 'new-connection' | 'slow' | 'download' | 'events';
export function wholeMix(n: number): LoadRequest & { readonly kind: MixKind };
