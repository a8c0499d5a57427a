import type { VerdictKind } from '../../../domain/analysis/verdict';
import type { Mark } from '../style';

export function verdictMark(kind: VerdictKind): Mark {
  switch (kind) {
    case 'harm':
      return 'failed';
    case 'safe':
      return 'done';
    case 'not-yet':
      return 'to do';
    case 'no-data':
      return 'waiting';
  }
}
