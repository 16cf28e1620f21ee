// The unsent question of each conversation, kept in the browser so that a reload or a crash does not lose it.

const PREFIX = "flightdeck:draft:";

export function readDraft(key: string): string {
  try {
    return localStorage.getItem(PREFIX + key) ?? "";
  } catch {
    return "";
  }
}

/** Storage may be full or forbidden; a draft is then kept as long as the page is. */
export function keepDraft(key: string, text: string): void {
  try {
    if (text) localStorage.setItem(PREFIX + key, text);
    else localStorage.removeItem(PREFIX + key);
  } catch {}
}
