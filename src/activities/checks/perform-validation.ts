import type { ValidatorName } from '../../domain/checks/catalog';
import { brokenValidator, type ValidatorReport } from '../../domain/checks/validation';
import type { CheckTools } from '../../ports/check-tools';
import { accidentOf, throughCache, type Look } from './through-cache';

/** One validation, from the cache where nothing it depends on has changed. One that breaks is a critical failure. */
export async function performValidation(
  tools: Pick<CheckTools, 'validators' | 'cache'>,
  name: ValidatorName,
  { subject, context }: Look,
): Promise<ValidatorReport> {
  const validator = tools.validators.find((one) => one.name === name);
  if (validator === undefined) {
    return brokenValidator(name, 'the worker of this environment has no such validator: update it');
  }
  const startedAtMs = Date.now();
  const took = (): number => Date.now() - startedAtMs;
  try {
    const answer = await throughCache<ValidatorReport>(tools.cache, {
      check: `validator/${name}`,
      subject,
      identity: await validator.identity(subject),
      look: () => validator.validate(subject, context),
      // What was left out may have been a passing trouble of the machine: no memory, no time.
      isWorthKeeping: ({ error, covered, total }) => error === null && covered >= total,
      keepMs: () => null,
    });
    return { ...answer.result, cached: answer.cached, durationMs: took() };
  } catch (error) {
    const broken = brokenValidator(name, accidentOf(error, context.signal));
    return { ...broken, durationMs: took() };
  }
}
