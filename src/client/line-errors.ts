import { serviceName } from '../domain/deployment';
import { BelayError, type ErrorCode } from '../domain/errors';
import { sentenceOfEnd, type LineEnd } from '../domain/line/line-end';
import type { WaitingDeployment } from './find-in-line';

type EndWithoutStart = Exclude<LineEnd, { readonly kind: 'started' | 'attached' }>;

/** Why a deployment that waited was never started. */
export function errorOfEnd(
  { deployment, ref }: WaitingDeployment,
  end: EndWithoutStart,
): BelayError {
  return new BelayError(
    codeOf(end),
    `${deployment} waited in line and was not started: ${sentenceOfEnd(end)} Traffic stays as it is.`,
    { next: nextOf(end, serviceName(ref)), details: { deployment, end: end.kind } },
  );
}

/** Neither the line nor the lock knows it any more. */
export function lostInLine({ deployment, ref }: WaitingDeployment): BelayError {
  const name = serviceName(ref);
  return new BelayError(
    'DEPLOYMENT_NOT_FOUND',
    `${deployment} stands no longer in the line of ${name}, and Temporal knows no run of it: the line was stopped ` +
      'from outside. Traffic stays as it is.',
    { next: `See who waits with \`belay line ${name}\`, and deploy again.` },
  );
}

function codeOf(end: EndWithoutStart): ErrorCode {
  switch (end.kind) {
    case 'superseded':
      return 'SUPERSEDED';
    case 'left':
      return 'LEFT_LINE';
    case 'expired':
      return 'LINE_EXPIRED';
    case 'refused':
      return CODES_OF_REFUSAL[end.why];
  }
}

const CODES_OF_REFUSAL = {
  'in-progress': 'DEPLOYMENT_IN_PROGRESS',
  full: 'LINE_FULL',
  'not-startable': 'INTERNAL',
} as const;

function nextOf(end: EndWithoutStart, name: string): string {
  switch (end.kind) {
    case 'superseded':
      return `Follow the newer one with \`belay status ${end.by}\`.`;
    case 'left':
      return 'Deploy again where it was a mistake.';
    case 'expired':
      return `See what holds the lock with \`belay status ${name}\`; --line-wait SECONDS waits longer.`;
    case 'refused':
      return `See who waits with \`belay line ${name}\`, and what runs with \`belay status ${name}\`.`;
  }
}
