import { flag, pick } from '../../../inspection/infrastructure/values';
import { placeOf, type Readers } from './reader';

export const RECORDS: Readers = {
  aws_kms_key: (resource) => [
    {
      ...placeOf(resource),
      kind: 'encryption-key',
      rotates: flag(resource.properties['enable_key_rotation'], false),
    },
  ],
  aws_cloudtrail: (resource) => [
    {
      ...placeOf(resource),
      kind: 'trail',
      on: flag(pick(resource.properties, 'enable_logging', 'is_logging'), true),
      validated: flag(resource.properties['enable_log_file_validation'], false),
    },
  ],
};
