import { widthOf } from '../style';

/** Cells of one column get one width; rows may be of different lengths. */
export function inColumns(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const most = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: most }, (_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ''))),
  );
  return rows.map((row) =>
    row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell))),
  );
}
