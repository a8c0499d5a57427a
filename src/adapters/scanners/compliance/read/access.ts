import {
  isUnresolved,
  type InfrastructureResource,
  type Known,
  type Properties,
  type Unresolved,
} from '../../../inspection/infrastructure/infrastructure-resource';
import {
  asList,
  blocks,
  isProperties,
  pick,
  texts,
} from '../../../inspection/infrastructure/values';
import { some, when } from '../model/logic';
import type { Grant } from '../model/thing';
import { placeOf, type Readers } from './reader';

export const ACCESS: Readers = {
  aws_iam_policy: identityPolicies,
  aws_iam_role_policy: identityPolicies,
  aws_iam_user_policy: identityPolicies,
  aws_iam_group_policy: identityPolicies,
  'data.aws_iam_policy_document': identityPolicies,
  aws_iam_role: (resource, all) => [
    ...grants(
      resource,
      'trust',
      documentOf(
        pick(resource.properties, 'assume_role_policy', 'assume_role_policy_document'),
        all,
      ),
    ),
    ...blocks(pick(resource.properties, 'inline_policy', 'policies')).flatMap((inline) =>
      grants(resource, 'identity', pick(inline, 'policy', 'policy_document')),
    ),
  ],
  aws_s3_bucket_policy: resourcePolicies,
  aws_sqs_queue_policy: resourcePolicies,
  aws_sns_topic_policy: resourcePolicies,
  aws_ecr_repository_policy: resourcePolicies,
};

function identityPolicies(resource: InfrastructureResource): readonly Grant[] {
  const own = resource.properties;
  return grants(resource, 'identity', pick(own, 'policy', 'policy_document') ?? own);
}

function resourcePolicies(
  resource: InfrastructureResource,
  all: readonly InfrastructureResource[],
): readonly Grant[] {
  const policy = pick(resource.properties, 'policy', 'policy_document');
  return grants(resource, 'resource', documentOf(policy, all));
}

/** A document that is a data source beside it; anything else as it is. */
function documentOf(policy: unknown, all: readonly InfrastructureResource[]): unknown {
  if (!isUnresolved(policy)) return policy;
  const document = all.find(({ address }) => policy.reference === `${address}.json`);
  return document?.properties ?? policy;
}

/** The policy as an object, or as JSON in a string: only what allows something. */
function grants(
  resource: InfrastructureResource,
  of: Grant['of'],
  policy: unknown,
): readonly Grant[] {
  if (isUnresolved(policy))
    return refersToDocument(policy) ? [] : [unknownGrant(resource, of, policy)];
  if (!isProperties(policy)) return [];
  return asList(pick(policy, 'statement', 'Statement'))
    .filter(isProperties)
    .filter((statement) => pick(statement, 'effect', 'Effect') !== 'Deny')
    .map((statement) => grant(resource, of, statement));
}

/** A document that is a data source is looked at where it is declared. */
function refersToDocument({ reference }: Unresolved): boolean {
  return reference.startsWith('data.aws_iam_policy_document.');
}

function grant(resource: InfrastructureResource, of: Grant['of'], statement: Properties): Grant {
  const actions = texts(pick(statement, 'action', 'actions'));
  const resources = texts(pick(statement, 'resource', 'resources'));
  return {
    ...placeOf(resource),
    kind: 'grant',
    of,
    everyAction: anyIs(actions, (action) => action === '*' || action === '*:*'),
    everyActionOfService: anyIs(actions, (action) => /^[a-z0-9-]{1,60}:\*$/i.test(action)),
    everyResource: anyIs(resources, (one) => one === '*'),
    anyone: anyone(pick(statement, 'principal', 'principals')),
    allBut: pick(statement, 'not_action', 'not_actions') !== undefined,
    conditional: pick(statement, 'condition') !== undefined,
  };
}

function anyIs(values: readonly Known<string>[], test: (value: string) => boolean): Known<boolean> {
  return some(...values.map((value) => when(value, test)));
}

/** `"*"`, `{ AWS: "*" }`, or Terraform's `principals { identifiers = ["*"] }`. */
function anyone(principal: unknown): Known<boolean> {
  if (isUnresolved(principal) || typeof principal === 'string')
    return when(principal, (known) => known === '*');
  const named = blocks(principal).flatMap((one) =>
    texts(one['identifiers'] ?? pick(one, 'aws', 'AWS')),
  );
  return anyIs(named, (known) => known === '*');
}

function unknownGrant(
  resource: InfrastructureResource,
  of: Grant['of'],
  unknown: Unresolved,
): Grant {
  return {
    ...placeOf(resource),
    kind: 'grant',
    of,
    everyAction: unknown,
    everyActionOfService: unknown,
    everyResource: unknown,
    anyone: unknown,
    allBut: false,
    conditional: false,
  };
}
