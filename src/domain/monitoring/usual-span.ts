/** So far back the monitors look where there is traffic. */
export const USUAL_SPAN_MS = 60_000;
