import {
  parseRegistration,
  registrationFile,
  serializeRegistration,
} from '../../../src/config/environment-registration';
import type { EnvironmentRegistration } from '../../../src/config/environment-registration';
import { errorOf } from './support';

const staging: EnvironmentRegistration = {
  schemaVersion: 1,
  environment: 'staging',
  target: { kind: 'local', home: '/var/lib/belay' },
  registeredAt: '2026-11-23T10:00:00.000Z',
};

describe('the registration of an environment', () => {
  test('comes back from its file as it was written', () => {
    expect(parseRegistration(serializeRegistration(staging), 'staging.json')).toEqual(staging);
  });

  test('lies in a file of its name', () => {
    expect(registrationFile('staging')).toBe('staging.json');
  });

  test.each([
    ['a file cut short', '{"schemaVersion":1,'],
    ['another version', JSON.stringify({ ...staging, schemaVersion: 2 })],
    ['an unknown key', JSON.stringify({ ...staging, extra: true })],
    ['a relative home', JSON.stringify({ ...staging, target: { kind: 'local', home: 'belay' } })],
    ['a name that leaves the folder', JSON.stringify({ ...staging, environment: '../x' })],
  ])('is refused as %s', (_what, content) => {
    const error = errorOf(() => parseRegistration(content, 'staging.json'));
    expect(error.code).toBe('CONFIG_INVALID');
    expect(error.message).toContain('staging.json');
  });
});
