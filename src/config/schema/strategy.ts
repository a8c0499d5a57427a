import { z } from 'zod';
import { CONFLICT_POLICIES } from '../../domain/line/conflict';

/** Every strategy that the specification names. */
export const strategyWord = z.enum(['blue-green', 'canary', 'rolling', 'recreate']);

/** What a newcomer does where another deployment is in its way. */
export const conflictWord = z.enum(CONFLICT_POLICIES);
