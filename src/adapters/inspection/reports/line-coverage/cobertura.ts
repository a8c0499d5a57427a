import { missing, parsed, type Parsed } from '../parsed';
import { attribute, parseXml, type XmlElement } from '../xml-document';
import type { CoveredLines } from './covered-lines';

/** The root's own numbers: counted lines where it has them, else `line-rate`, which is a fraction and no percentage. */
export function parseCobertura(text: string): Parsed<CoveredLines> {
  // Cobertura's writers name its DTD by habit.
  const document = parseXml(text, { lists: [], doctype: 'plain' });
  if (document.kind === 'missing') return document;
  const { rootName, root } = document.content;
  if (rootName !== 'coverage') return missing('it is XML, but no Cobertura report');
  return counted(root) ?? rated(root);
}

function counted(root: XmlElement): Parsed<CoveredLines> | null {
  const total = numberOf(root, 'lines-valid');
  const covered = numberOf(root, 'lines-covered');
  return total === null || covered === null ? null : parsed({ total, covered });
}

function rated(root: XmlElement): Parsed<CoveredLines> {
  const rate = numberOf(root, 'line-rate');
  if (rate === null) return missing('it does not say how many lines are covered');
  if (!(rate >= 0 && rate <= 1)) return missing('its line-rate is no fraction of 1');
  return parsed({ total: 1, covered: rate });
}

function numberOf(root: XmlElement, name: string): number | null {
  const text = attribute(root, name);
  return text === null || text.trim() === '' ? null : Number(text);
}
