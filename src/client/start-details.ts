import {
  defineSearchAttributeKey,
  SearchAttributeType,
  TypedSearchAttributes,
  type SearchAttributePair,
} from '@temporalio/common';
import {
  serviceName,
  type ArtifactSource,
  type DeploymentRequest,
  type Restoration,
  type ServiceRef,
} from '../domain/deployment';
import { isWayBack } from '../domain/line/line-entry';
import { shortDigest } from '../domain/revision';
import type { SearchAttributeName } from '../domain/search-attributes';

/** What Temporal Web can find the run by, before its first step. */
export function attributesOf(request: DeploymentRequest): TypedSearchAttributes {
  return new TypedSearchAttributes([
    keyword('BelayDeployment', request.deploymentId),
    keyword('BelayService', request.service),
    keyword('BelayEnvironment', request.environment),
    keyword('BelayStrategy', request.strategy.kind),
    keyword('BelayPhase', 'store'),
    keyword('BelayInitiator', request.initiator),
    ...(request.artifact.commit === null ? [] : [keyword('BelayCommit', request.artifact.commit)]),
  ]);
}

/** Kept beside the run and readable without a worker. Holds names only, no values of `env`. */
export function memoOf(request: DeploymentRequest): Record<string, unknown> {
  return {
    deploymentId: request.deploymentId,
    requestKey: request.requestKey,
    initiator: request.initiator,
    reason: request.reason,
    isWayBack: isWayBack(request),
  };
}

/** The same for the line, which belongs to no single deployment. */
export function lineAttributesOf({ service, environment }: ServiceRef): TypedSearchAttributes {
  return new TypedSearchAttributes([
    keyword('BelayService', service),
    keyword('BelayEnvironment', environment),
  ]);
}

/** The two texts that Temporal Web shows above the history. */
export function summaryOf(request: DeploymentRequest): {
  readonly staticSummary: string;
  readonly staticDetails: string;
} {
  const name = serviceName(request);
  const lines = [
    `**${name}**, ${request.strategy.kind}, asked for by ${request.initiator} (identity not verified)`,
    `- deployment \`${request.deploymentId}\``,
    `- ${artifactOf(request.artifact)}` +
      (request.artifact.commit === null ? '' : `, commit \`${request.artifact.commit}\``),
    ...(request.restores === null ? [] : [undoLine(request.restores)]),
    ...(request.reason === null ? [] : [`- reason: ${request.reason}`]),
    ...request.notes.map((note) => `- note: ${note}`),
    `- follow it: \`belay status ${name} --watch\``,
  ];
  return {
    staticSummary: `deploy ${name} · ${request.strategy.kind}`,
    staticDetails: lines.join('\n'),
  };
}

function artifactOf(artifact: ArtifactSource): string {
  switch (artifact.kind) {
    case 'files':
      return `artifact \`${artifact.path}\``;
    case 'revision':
      return `revision \`${shortDigest(artifact.revision)}\` from the store`;
  }
}

function undoLine({ replaces, undoes }: Restoration): string {
  const by = undoes === null ? '' : `, which came with \`${undoes}\``;
  return `- brings an earlier revision back in place of \`${shortDigest(replaces)}\`${by}`;
}

function keyword(name: SearchAttributeName, value: string): SearchAttributePair {
  return { key: defineSearchAttributeKey(name, SearchAttributeType.KEYWORD), value };
}
