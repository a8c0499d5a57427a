import { sampleOf } from './secret-samples';

/** What stands where a secret would, and is none. */
export const PLACEHOLDERS: readonly string[] = [
  'API_KEY=your-api-key\n',
  'API_KEY=your_api_key_goes_here_123\n',
  'GITHUB_TOKEN=${GITHUB_TOKEN}\n',
  'token: "${{ secrets.GITHUB_TOKEN }}"\n',
  'token: "{{ vault_token_123 }}"\n',
  'const password = process.env.DB_PASSWORD1;\n',
  'const secretKey = process.env["SECRET_KEY_2024"];\n',
  'password = os.environ["DB_PASSWORD_1"]\n',
  `password: ${'x'.repeat(16)}\n`,
  `token = "${['ghp', 'x'.repeat(36)].join('_')}"\n`,
  `token = "${['xoxb', 'x'.repeat(11), 'x'.repeat(24)].join('-')}"\n`,
  `aws_access_key_id = ${['AKIA', 'IOSFODNN7EXAMPLE'].join('')}\n`,
  `aws_secret_access_key = ${['wJalrXUtnFEMI/K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join('/')}\n`,
  'password: "<password>"\n',
  'password: "changeme123"\n',
  'db: postgres://user:${PASSWORD}@db.internal/shop\n',
  'url: https://user:password@example.com/\n',
  'publicKeyToken="b77a5c561934e089"\n',
  'cacheKey: "shop-2024-orders-by-id"\n',
  `integrity: "sha512-${sampleOf('{base64:86}')}=="\n`,
  `"gitHead": "${sampleOf('{hex:40}')}"\n`,
  `id: ${sampleOf('{uuid}')}\n`,
];
