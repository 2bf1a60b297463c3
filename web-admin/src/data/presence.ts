/* Whether someone is at the screen. Refreshing by itself would keep a session alive for ever and defeat the server's
 * idle limit, so refreshing pauses soon after the last key or pointer, and the page signs out before a passer-by
 * finds patients' names on it. */

const PAUSE_AFTER_MS = 5 * 60_000;
export const LEAVE_AFTER_MS = 15 * 60_000;

let lastInput = Date.now();

for (const kind of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"]) {
  window.addEventListener(kind, () => (lastInput = Date.now()), { passive: true, capture: true });
}

export const idleMs = (): number => Date.now() - lastInput;

export const recentlyUsed = (): boolean => idleMs() < PAUSE_AFTER_MS;

/* Signing in again counts as being there, whatever the clock did while the computer slept. */
export function present(): void {
  lastInput = Date.now();
}
