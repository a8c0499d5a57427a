import { readHeySummary, readVegetaReport } from '../../../bench/zero-loss/tool-reports.mjs';

test("vegeta's report counts what had no answer, and what was answered 500 and above", () => {
  const codes = { '0': 2, '200': 90, '201': 5, '404': 1, '500': 1, '503': 4 };
  const report = JSON.stringify({
    requests: 103,
    success: 0.9,
    status_codes: codes,
    errors: ['EOF'],
  });
  expect(readVegetaReport(report)).toEqual({ requests: 103, failed: 7 });
});

test("hey's summary is read without its errors and with them", () => {
  const good = `
Response time histogram:
  0.005 [1]	|■

Status code distribution:
  [200]	53 responses



`;
  expect(readHeySummary(good)).toEqual({ requests: 53, failed: 0 });
  const bad = `
Status code distribution:
  [200]	50 responses
  [503]	2 responses

Error distribution:
  [3]	Get "http://127.0.0.1:1/": dial tcp 127.0.0.1:1: connect: connection refused
  [1]	Get "http://127.0.0.1:1/": EOF
`;
  expect(readHeySummary(bad)).toEqual({ requests: 56, failed: 6 });
});
