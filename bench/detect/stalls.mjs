const everyMs = 50;
const worthKeepingMs = 100;

/** Watches the event loop of this process: a host that stands still is noticed here. */
export function openStalls() {
  const stalls = [];
  let dueMs = performance.now() + everyMs;
  const timer = setInterval(() => {
    const nowMs = performance.now();
    const lateMs = nowMs - dueMs;
    dueMs = nowMs + everyMs;
    if (lateMs < worthKeepingMs) return;
    const toMs = Date.now();
    stalls.push({ fromMs: toMs - lateMs, toMs });
  }, everyMs);
  return {
    /** The longest of them inside these moments, ms; 0 where none is worth mentioning. */
    longestMs: (fromMs, toMs) => longestInside(stalls, fromMs, toMs),
    stop: () => clearInterval(timer),
  };
}

export function longestInside(stalls, fromMs, toMs) {
  const inside = stalls.filter((stall) => stall.toMs >= fromMs && stall.fromMs <= toMs);
  return Math.max(0, ...inside.map((stall) => stall.toMs - stall.fromMs));
}
