const SPEAKS_OF_SECRETS =
  /(?:^|[_.-])(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?)(?:$|[_.-])|password$/i;
/** What stands beside a secret without being one: `TOKEN_URL`, `SECRET_NAME`, `PASSWORD_FILE`. */
const SPEAKS_ABOUT_ONE =
  /(?:^|[_.-])(?:name|id|arn|url|uri|path|file|host|port|type|policy|length|ttl|expiry|expires|timeout|issuer|audience|algorithm|mode|enabled|version|rotation|days|min|max|count|endpoint|method|header|realm)$/i;

/** Whether a variable of this name holds a secret, as far as a name can say. */
export function isSecretName(name: string): boolean {
  const short = name.slice(0, 200);
  return SPEAKS_OF_SECRETS.test(short) && !SPEAKS_ABOUT_ONE.test(short);
}

const REFERENCE = /\$\{|\$\(|\{\{|^arn:|^ssm:|^vault:|^secretsmanager:/i;
const NOTHING = /^(?:|null|none|true|false|\*+|x+|<[^>]{0,100}>)$/i;

/** Whether this is a value itself, and no reference to one and no blank to be filled in. */
export function isWrittenValue(value: unknown): boolean {
  return typeof value === 'string' && !REFERENCE.test(value) && !NOTHING.test(value);
}
