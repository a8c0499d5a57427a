/** Coprime with the mix's five, so that reads and orders alike arrive on new connections. */
const NEW_CONNECTION_EVERY = 7;

/** Whether the n-th request (from 0) opens a connection of its own. */
export function isFresh(n) {
  return n % NEW_CONNECTION_EVERY === NEW_CONNECTION_EVERY - 1;
}
