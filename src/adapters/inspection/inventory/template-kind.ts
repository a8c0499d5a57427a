/** Of the templates and task definitions there are, none is larger than this (CloudFormation's own limit is 1 MB). */
const SNIFFED_BYTES = 1_048_576;

const CLOUDFORMATION_VERSION =
  /^\s{0,200}["']?AWSTemplateFormatVersion["']?\s{0,8}:|"AWSTemplateFormatVersion"\s{0,8}:/m;
const RESOURCES = /^["']?Resources["']?\s{0,8}:|"Resources"\s{0,8}:/m;
const RESOURCE_TYPE = /["']?Type["']?\s{0,8}:\s{0,8}["']?(?:AWS|Custom|Alexa)::/;
const CONTAINER_DEFINITIONS =
  /^\s{0,40}["']?containerDefinitions["']?\s{0,8}:|"containerDefinitions"\s{0,8}:/m;

/** What a JSON or YAML file says it is to the cloud; null: nothing of the kind. */
export function templateKind(head: Buffer): 'cloudformation' | 'task-definition' | null {
  const text = head.toString('latin1', 0, SNIFFED_BYTES);
  if (CLOUDFORMATION_VERSION.test(text)) return 'cloudformation';
  if (RESOURCE_TYPE.test(text) && RESOURCES.test(text)) return 'cloudformation';
  return CONTAINER_DEFINITIONS.test(text) ? 'task-definition' : null;
}
