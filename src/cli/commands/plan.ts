import { BelayError } from '../../domain/errors';
import { serviceName } from '../../domain/deployment';
import { buildRequest } from '../build-request';
import type { Command } from '../context';
import { planJson } from '../output/plan-json';
import { planText } from '../output/plan-text';
import { styleOf } from '../output/style';
import { registerEnvironment } from '../register-environment';
import { WAIT_FOR_WORKERS_MS } from './deploy';

export interface PlanOptions {
  readonly environment: string | undefined;
  readonly artifact: string | undefined;
  readonly strategy: string | undefined;
}

/** What `deploy` would do now, with the digest that an approval binds. Changes nothing. */
export const plan: Command<PlanOptions> = async (choice, context) => {
  const { terminal } = context;
  const options = { choice, requestKey: null, as: undefined, reason: undefined };
  const { request } = await buildRequest(options, context);
  await registerEnvironment(context.home, request.environment);
  const client = await context.client();
  const answer = await client.plan(request, { waitForWorkersMs: WAIT_FOR_WORKERS_MS });
  if (answer.kind === 'blocked') {
    throw new BelayError(
      'CHECKS_FAILED',
      `${serviceName(request)} would be blocked: ${answer.reasons.map(withoutStop).join('; ')}. Nothing was started; traffic stays as it is.`,
      { next: 'Mend what is named and plan again.', details: { reasons: answer.reasons } },
    );
  }
  terminal.result({
    json: planJson(answer.planned, answer.checks),
    text: planText(answer.planned, answer.checks, styleOf(terminal)),
  });
  return 0;
};

function withoutStop(reason: string): string {
  return reason.replace(/\.$/, '');
}
