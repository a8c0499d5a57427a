import { BelayError, type ErrorCode } from '../domain/errors';
import type { PlatformErrorBody, PlatformErrorCode } from '../platform/admin-api';

interface Meaning {
  readonly code: ErrorCode;
  readonly next: string;
}

/** A service without any claim is NOT_FOUND to the platform and, for a write, the end of every fence to us. */
const MEANING: Readonly<Record<PlatformErrorCode, Meaning>> = {
  NOT_FOUND: { code: 'FENCED', next: 'Claim the service first.' },
  BAD_REQUEST: { code: 'TARGET_REJECTED', next: 'Run worker and platform in the same version.' },
  FENCED: { code: 'FENCED', next: 'See with `belay status` who deploys now.' },
  FENCE_CONFLICT: { code: 'TARGET_REJECTED', next: 'Raise n before each effect.' },
  PORT_TAKEN: { code: 'PORT_TAKEN', next: 'Free the port, or choose another `listen`.' },
  NO_HEALTHY_INSTANCE: {
    code: 'NO_HEALTHY_INSTANCE',
    next: 'Look at `belay logs`; weight goes only where an instance is healthy.',
  },
  HAS_WEIGHT: { code: 'HAS_WEIGHT', next: 'Give its weight to another revision first.' },
  TOO_MANY_INSTANCES: {
    code: 'TARGET_REJECTED',
    next: 'Ask for fewer instances, or retire a revision first.',
  },
  ARTIFACT_MISSING: { code: 'ARTIFACT_MISSING', next: 'Deploy it from its folder.' },
  SECRET_MISSING: { code: 'TARGET_REJECTED', next: 'Put the secret into the secrets folder.' },
  SECRET_EXPOSED: {
    code: 'TARGET_REJECTED',
    next: 'Run `chmod 600` on the named file, and replace the secret if others may have read it.',
  },
  INTERNAL: { code: 'INTERNAL', next: "Look at the platform's log." },
};

/** The platform's refusal under the code that the ports promise. Its message already says what holds now. */
export function fromPlatform(body: PlatformErrorBody): BelayError {
  const { code, message, details } = body.error;
  const meaning = isKnown(code) ? MEANING[code] : MEANING.INTERNAL;
  return new BelayError(meaning.code, message, {
    next: meaning.next,
    details: { platformCode: code, details },
  });
}

/** False for the code of a newer platform. */
function isKnown(code: string): code is PlatformErrorCode {
  return Object.hasOwn(MEANING, code);
}
