import type { Client } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { SEARCH_ATTRIBUTES, type SearchAttributeName } from '../domain/search-attributes';

export const LEAST_RETENTION_DAYS = 30;

export interface NamespaceState {
  readonly namespace: string;
  readonly retentionDays: number;
  readonly missingAttributes: readonly SearchAttributeName[];
}

const CALL_MS = 10_000;
const DAY_SECONDS = 86_400;
const DAY_MS = DAY_SECONDS * 1_000;
/** Numbers of Temporal's IndexedValueType. */
const VALUE_TYPES = { KEYWORD: 2, DOUBLE: 4, DATETIME: 6 } as const;

/** Retention and search attributes as the server has them. */
export async function readNamespace(client: Client): Promise<NamespaceState> {
  const { namespace } = client.options;
  return client.withDeadline(Date.now() + CALL_MS, async () => {
    const [described, attributes] = await Promise.all([
      client.workflowService.describeNamespace({ namespace }),
      client.connection.operatorService.listSearchAttributes({ namespace }),
    ]);
    const seconds = Number(described.config?.workflowExecutionRetentionTtl?.seconds ?? 0);
    return {
      namespace,
      retentionDays: Math.floor(seconds / DAY_SECONDS),
      missingAttributes: allNames().filter((name) => !hasName(attributes.customAttributes, name)),
    };
  });
}

/**
 * Retention of at least {@link LEAST_RETENTION_DAYS} days, every search attribute there. Changes only what is short or
 * missing; answers what it changed, in sentences.
 */
export async function prepareNamespace(client: Client): Promise<readonly string[]> {
  const state = await readNamespace(client);
  const changes: string[] = [];
  if (state.retentionDays < LEAST_RETENTION_DAYS) {
    await setRetention(client, LEAST_RETENTION_DAYS);
    changes.push(`histories are kept ${LEAST_RETENTION_DAYS} days (were ${state.retentionDays})`);
  }
  if (state.missingAttributes.length > 0) {
    await addAttributes(client, state.missingAttributes);
    changes.push(`search attributes added: ${state.missingAttributes.join(', ')}`);
  }
  return changes;
}

async function setRetention(client: Client, days: number): Promise<void> {
  const { namespace } = client.options;
  await client.withDeadline(Date.now() + CALL_MS, () =>
    client.workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: msToTs(days * DAY_MS) },
    }),
  );
}

async function addAttributes(client: Client, names: readonly SearchAttributeName[]): Promise<void> {
  const { namespace } = client.options;
  const searchAttributes = Object.fromEntries(
    names.map((name) => [name, VALUE_TYPES[SEARCH_ATTRIBUTES[name]]]),
  );
  await client.withDeadline(Date.now() + CALL_MS, () =>
    client.connection.operatorService.addSearchAttributes({ namespace, searchAttributes }),
  );
}

function allNames(): readonly SearchAttributeName[] {
  return Object.keys(SEARCH_ATTRIBUTES) as SearchAttributeName[];
}

function hasName(attributes: object | null | undefined, name: string): boolean {
  return Object.hasOwn(attributes ?? {}, name);
}
