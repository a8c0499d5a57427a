import fc from 'fast-check';
import { applyRules } from '../../../src/adapters/scanners/compliance/apply-rules';
import { infrastructureThings } from '../../../src/adapters/scanners/compliance/read/configured-things';
import { thingsOf } from '../../../src/adapters/scanners/compliance/read/things';
import { TERRAFORM_TYPES } from '../../../src/adapters/inspection/cloudformation/resource-types';
import { readInfrastructure } from '../../../src/adapters/inspection/infrastructure/read-infrastructure';

const NAMES = [
  'ingress',
  'cidr_blocks',
  'from_port',
  'acl',
  'bucket',
  'policy',
  'assume_role_policy',
  'statement',
  'container_definitions',
  'environment',
  'linux_parameters',
  'default_action',
  'redirect',
  'metadata_options',
  'network_interfaces',
  'block_device_mappings',
  'volume',
  'encrypted',
  'vpc_config',
  'versioning',
  'load_balancer_attributes',
  'networking',
  'storage',
  'compute',
  'services',
];

/** Anything where something else is expected, under names that rules look at. */
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(null, true, 0, -1, '', '${var.x}', '0.0.0.0/0', '*', '{"a":'),
    fc.string({ maxLength: 8 }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 4 }),
  ),
})).value;

describe('reading infrastructure that is nonsense', () => {
  it('takes any property of any resource for what it is', async () => {
    const types = [...TERRAFORM_TYPES.values(), 'aws_security_group_rule', 'aws_s3_bucket_acl'];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...types),
        fc.dictionary(fc.constantFrom(...NAMES), anything),
        async (type, properties) => {
          const text = JSON.stringify({ resource: { [type]: { x: properties } } });
          const files = [{ path: 'main.tf.json', kind: 'terraform' as const, text }];
          const { groups, unread } = await readInfrastructure(files);
          expect(unread).toEqual([]);
          applyRules(groups.flatMap(thingsOf), { production: true });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('takes any infrastructure block for what it is', () => {
    fc.assert(
      fc.property(anything, (block) => {
        applyRules(infrastructureThings(block), { production: true });
      }),
    );
  });

  it.each(['terraform', 'cloudformation', 'task-definition'] as const)(
    'reads any text as %s, or says in its own words that it cannot',
    async (kind) => {
      const alphabet = fc.constantFrom(...'{}[]()"\':,-=&*!|><$% \n\tab1#'.split(''));
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: alphabet, maxLength: 60 }), async (text) => {
          const { unread } = await readInfrastructure([{ path: 'x', kind, text }]);
          for (const { reason } of unread) expect(reason).toMatch(/^(?:it|its) [a-z]/);
        }),
        { numRuns: 200 },
      );
    },
  );
});
