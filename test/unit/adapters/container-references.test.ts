import { createContainerScanner } from '../../../src/adapters/scanners/container/container-scanner';
import { imagePin } from '../../../src/adapters/scanners/container/references/image-pin';
import type { ScanReport } from '../../../src/domain/checks/scan-report';
import { patient, scannedFolder, type ScannedFile } from '../../support/scanned-folder';

const DIGEST = `sha256:${'0'.repeat(64)}`;

async function scan(files: Readonly<Record<string, ScannedFile>>): Promise<ScanReport> {
  const folder = await scannedFolder(files);
  try {
    const scanner = createContainerScanner({ fingerprintKey: Buffer.alloc(32, 7) });
    return await scanner.scan(folder.subject(), patient());
  } finally {
    await folder.remove();
  }
}

function unpinned({ findings }: ScanReport): readonly (string | null | undefined)[] {
  return findings
    .filter(({ ruleId }) => ruleId === 'container/image-not-pinned')
    .map(({ location }) => location?.resource);
}

describe('the container scanner, on what says which image runs', () => {
  it.each([
    [`registry:5000/a/b@${DIGEST}`, 'digest'],
    [`a:1.2@${DIGEST}`, 'digest'],
    ['a@sha256:123', 'nothing'],
    ['registry:5000/a', 'nothing'],
    ['a:latest', 'nothing'],
    ['registry:5000/a:1.2', 'tag'],
  ])('reads %s', (image, expected) => {
    expect(imagePin(image)).toBe(expected);
  });

  it('wants a digest in task definitions, in JSON and in YAML', async () => {
    const report = await scan({
      'task.json': {
        kind: 'task-definition',
        content: JSON.stringify({
          family: 'web',
          containerDefinitions: [{ image: 'web:1' }, { image: `side@${DIGEST}` }],
        }),
      },
      'task.yaml': {
        kind: 'task-definition',
        content: 'family: jobs\ncontainerDefinitions:\n  - image: jobs:1\n',
      },
    });

    expect(report).toMatchObject({ status: 'completed', covered: 3, total: 3 });
    expect(unpinned(report)).toEqual(['task web', 'task jobs']);
  });

  it('wants one in CloudFormation and Terraform, and says where it cannot know', async () => {
    const report = await scan({
      'stack.yaml': {
        kind: 'cloudformation',
        content:
          'Parameters:\n  Image: {Type: String}\nResources:\n  Task:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      ContainerDefinitions:\n        - Image: web:1\n        - Image: !Ref Image\n',
      },
      'main.tf': {
        kind: 'terraform',
        content:
          'variable "tag" { default = "1" }\nresource "aws_ecs_task_definition" "web" {\n  container_definitions = jsonencode([{ image = "web:${var.tag}" }])\n}\n',
      },
    });

    expect(report).toMatchObject({ status: 'completed', covered: 2, total: 2 });
    expect(unpinned(report)).toEqual(['aws_ecs_task_definition.web', 'Resources.Task']);
    expect(report.skipped).toMatchObject([{ target: 'stack.yaml Resources.Task', allowed: true }]);
  });

  it('wants one in compose files, except for what is built there', async () => {
    const report = await scan({
      'docker-compose.yml': {
        kind: 'yaml',
        content: `x-a: &a {image: cache:1}\nservices:\n  web: {build: ., image: web}\n  db: {image: db@${DIGEST}}\n  cache: {<<: *a}\n`,
      },
      'other.yaml': { kind: 'yaml', content: 'image: a:1\n' },
    });

    expect(report).toMatchObject({ status: 'completed', covered: 2, total: 2 });
    expect(unpinned(report)).toEqual(['services.cache']);
  });

  it('has nothing to look at in Terraform that runs no container', async () => {
    const report = await scan({ 'main.tf': { kind: 'terraform', content: 'locals { a = 1 }\n' } });
    expect(report.status).toBe('not-applicable');
  });
});
