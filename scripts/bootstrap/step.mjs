// @ts-check

const HEARTBEAT_MS = 15_000;
const QUIET_MS = 1_000;

/** A step that cannot go on. `why` is the cause in one line, `fix` what the person at the terminal can do about it. */
export class StepFailure extends Error {
  /**
   * @param {string} why
   * @param {string} fix
   * @param {string} [detail] the last lines of what the failing program printed
   */
  constructor(why, fix, detail = "") {
    super(why);
    this.name = "StepFailure";
    this.fix = fix;
    this.detail = detail;
  }
}

/**
 * Runs one step and prints a line with its seconds. `work` returns the note at the end of that line; what it passes to `say`
 * is shown when the step lasts longer than a moment, and again with the time so far while it goes on.
 *
 * @template {string | void} T
 * @param {string} name
 * @param {(say: (doing: string) => void) => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  const started = performance.now();
  const seconds = () => ((performance.now() - started) / 1000).toFixed(1).padStart(6);
  const line = (/** @type {string} */ note) => console.log(`${name.padEnd(10)}${seconds()} s  ${note}`);
  let doing = "";
  let said = "";
  const show = () => {
    if (doing && doing !== said) line(`${doing} …`);
    said = doing;
  };
  const first = setTimeout(show, QUIET_MS);
  const heartbeat = setInterval(() => line(doing ? `still ${doing} …` : "…"), HEARTBEAT_MS);
  try {
    const note = await work((now) => {
      doing = now;
      if (performance.now() - started > QUIET_MS) show();
    });
    line(note ?? "");
    return note;
  } catch (error) {
    line("failed");
    throw error;
  } finally {
    clearTimeout(first);
    clearInterval(heartbeat);
  }
}

/**
 * Prints why something failed and what to do. An error that nobody foresaw is shown whole: its stack is the best clue there is.
 *
 * @param {unknown} error
 */
export function printFailure(error) {
  if (!(error instanceof StepFailure)) {
    console.error(error);
    return;
  }
  if (error.detail) console.error(error.detail.replace(/^/gm, "  | "));
  console.error(`  why: ${error.message}\n  fix: ${error.fix}`);
}
