/**
 * What vegeta's JSON report says. It counts a request that had no answer as status 0.
 *
 * @returns {{requests: number, failed: number}}
 */
export function readVegetaReport(text) {
  const { requests, status_codes: codes } = JSON.parse(text);
  const good = Object.entries(codes).filter(([code]) => Number(code) > 0 && Number(code) < 500);
  return { requests, failed: requests - good.reduce((sum, [, times]) => sum + times, 0) };
}

/** The same of hey's summary: `[200] 53 responses`, and `[2] Get "…": EOF` where there was none. */
export function readHeySummary(text) {
  const [, answers = ''] = text.split('Status code distribution:');
  const [statuses, errors = ''] = answers.split('Error distribution:');
  const codes = [...statuses.matchAll(/\[(\d+)\]\s+(\d+) responses/g)];
  const unanswered = sum([...errors.matchAll(/^\s*\[(\d+)\]\s/gm)].map(([, times]) => times));
  const bad = codes.filter(([, code]) => Number(code) >= 500);
  return {
    requests: sum(codes.map(([, , times]) => times)) + unanswered,
    failed: sum(bad.map(([, , times]) => times)) + unanswered,
  };
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + Number(number), 0);
}
