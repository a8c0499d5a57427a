import satisfies from 'spdx-satisfies';

const LONGEST_EXPRESSION = 300;

/**
 * Whether every licence of the expression is one that SPDX knows. Each is judged on its own: the package multiplies whole
 * expressions out, which long ones are made for.
 */
export function isSpdx(expression: string): boolean {
  if (expression.length > LONGEST_EXPRESSION) return false;
  const licences = expression.split(/\s(?:AND|OR)\s|[()]/).map((part) => part.trim());
  return licences.some(Boolean) && licences.filter(Boolean).every(isKnown);
}

/** Whether the one licence is, or is contained in, the one of a list: `GPL-3.0-only` in `GPL-3.0-or-later`. */
export function isLicence(licence: string, listed: string): boolean {
  return licence === listed || meets(licence, listed) === true;
}

function isKnown(licence: string): boolean {
  return meets(licence, 'MIT') !== null;
}

/** Null where either is no SPDX expression. */
function meets(licence: string, approved: string): boolean | null {
  try {
    return satisfies(licence, [approved]);
  } catch {
    return null;
  }
}
