import { createHmac } from 'node:crypto';

export interface Signed {
  readonly id: string;
  readonly body: string;
  readonly secret: string;
  readonly atMs: number;
}

/**
 * The headers of the Standard Webhooks specification 1.0: HMAC-SHA256 over `id.timestamp.body`, so that a receiver can check
 * with any of its libraries who sent it and when. A secret that begins with `whsec_` is base64, any other is taken as it is.
 */
export function signatureHeaders({ atMs, body, id, secret }: Signed): Record<string, string> {
  const timestamp = String(Math.floor(atMs / 1_000));
  const digest = createHmac('sha256', keyOf(secret))
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${digest}`,
  };
}

const PREFIX = 'whsec_';

function keyOf(secret: string): Buffer {
  return secret.startsWith(PREFIX)
    ? Buffer.from(secret.slice(PREFIX.length), 'base64')
    : Buffer.from(secret, 'utf8');
}
