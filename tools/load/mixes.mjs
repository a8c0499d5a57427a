import { shopMix } from './mix.mjs';
import { wholeMix } from './whole-mix.mjs';

/** By the name that `run.mjs --mix` takes. */
export const mixes = { shop: shopMix, whole: wholeMix };
