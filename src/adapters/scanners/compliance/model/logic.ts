import {
  isUnresolved,
  type Known,
} from '../../../inspection/infrastructure/infrastructure-resource';

/** Logic with a third value: what is not known stays unknown, except where the other side already decides. */
export function not(value: Known<boolean>): Known<boolean> {
  return isUnresolved(value) ? value : !value;
}

export function every(...values: readonly Known<boolean>[]): Known<boolean> {
  if (values.includes(false)) return false;
  return values.find(isUnresolved) ?? true;
}

export function some(...values: readonly Known<boolean>[]): Known<boolean> {
  if (values.includes(true)) return true;
  return values.find(isUnresolved) ?? false;
}

export function when<T>(value: Known<T>, test: (known: T) => boolean): Known<boolean> {
  return isUnresolved(value) ? value : test(value);
}
