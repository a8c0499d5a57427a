import { isPlaceholder } from './plausible';

/** What documentation says instead of a password. */
const NO_PASSWORD =
  /^(?:pass(?:word|wd|code)?|pwd|user(?:name)?|token|secret|test|admin|root|guest|none|null|foo|bar|(?<letter>[a-z])\k<letter>{1,80})\d{0,4}$/i;
/** `[PASSWORD]`, `$PASSWORD`, `${PASSWORD}`, `$1`. */
const REFERENCE = /^(?:\$|\[)/;

/** Whether `user:password` is one, with a password or, where that is empty, a user that is as good. */
export function isUserAndPassword(value: string): boolean {
  const [user = '', password = ''] = value.replace(/["'{}]/g, '').split(':');
  const secret = password === '' ? user : password;
  if (secret.length < 3 || REFERENCE.test(user) || REFERENCE.test(secret)) return false;
  return !NO_PASSWORD.test(secret) && !isPlaceholder(secret);
}
