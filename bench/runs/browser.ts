import { gzipSync } from "node:zlib";
import { type Browser, type CDPSession, chromium, type Page } from "@playwright/test";
import { ensureChromium } from "@/scripts/test/chromium";
import { installProbe } from "./page-probe";
import { AGENT_PATH, type Side } from "./side";
import { quantile } from "./statistics";

const VIEWPORT = { width: 1440, height: 900 };
const QUIET_MS = 800;
const WAIT_MS = 60_000;
const SCRIPTS_AFTER_MS = 2_000;
const TOKENS = 2_000;
const KEY_EVERY_MS = 120;
const FRAME_MS = 1000 / 60;
/** The Event Timing API says nothing of what took less. */
const KEY_MS_MIN = 16;

export interface Opening {
  /** From the last byte of the conversation until the page has come to rest. */
  settledMs: number;
}

export interface Streaming {
  taskMs: number;
  blockingMs: number;
  droppedShare: number;
  keystrokeP95Ms: number;
}

export async function launchChromium(): Promise<Browser> {
  const executablePath = await ensureChromium(() => {});
  return chromium.launch({ executablePath, args: ["--disable-background-networking"] });
}

/**
 * Opens a stored conversation, and then streams a markdown answer of 2,000 tokens into it at `rate` tokens a second. With `typing`
 * a key is pressed in the question box every 120 ms, whether or not the page has dealt with the one before.
 */
export async function measurePage(
  browser: Browser,
  side: Side,
  { threadId, rate, typing }: { threadId: string; rate: number; typing: boolean },
): Promise<Opening & Streaming> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  try {
    await side.enter(context);
    const page = await context.newPage();
    // The TypeScript loader marks functions with a helper that the page does not have.
    await page.addInitScript({ content: `var __name = (it) => it; (${installProbe})();` });
    const protocol = await context.newCDPSession(page);
    await protocol.send("Performance.enable", { timeDomain: "timeTicks" });
    await page.goto(`${side.origin}${side.chatPath(threadId, { n: TOKENS, rate, md: true, seed: 7 })}`);
    await page.getByTestId("copilot-assistant-message").first().waitFor({ timeout: WAIT_MS });
    const opened = await settled(page, "/connect");
    const streaming = await stream(page, protocol, typing);
    return { settledMs: opened.restMs - opened.lastByteMs, ...streaming };
  } finally {
    await context.close();
  }
}

async function stream(page: Page, protocol: CDPSession, typing: boolean): Promise<Streaming> {
  const box = page.getByTestId("copilot-chat-textarea");
  await box.fill("Tell me everything");
  const taskBefore = await taskMs(protocol);
  await page.evaluate(() => window.probe.begin());
  // By keyboard, which leaves the focus in the box: moving it there would wait for a busy page, and no key be pressed while it is.
  await page.keyboard.press("Enter");
  const keys = typing ? pressKeys(protocol) : undefined;
  await answered(page, "/run");
  // Before it can rest: a page that is typed into never does.
  const pressed = (await keys?.stop()) ?? 0;
  const { restMs } = await settled(page, "/run");
  const figures = await page.evaluate((until) => window.probe.figures(until), restMs);
  const spent = (await taskMs(protocol)) - taskBefore;
  const fast = Array.from({ length: Math.max(0, pressed - figures.keysMs.length) }, () => KEY_MS_MIN);
  return {
    taskMs: spent,
    blockingMs: figures.blockingMs,
    droppedShare: Math.max(0, 1 - figures.frames / (figures.tookMs / FRAME_MS)),
    keystrokeP95Ms: typing ? quantile([...figures.keysMs, ...fast], 0.95) : Number.NaN,
  };
}

async function answered(page: Page, path: string): Promise<void> {
  const ending = `${AGENT_PATH}${path}`;
  await page.waitForFunction((asked) => window.probe.lastByteMs(asked) > 0, ending, { timeout: WAIT_MS, polling: 100 });
}

/** Waits until the answer to `path` has come whole and the page has been quiet for a while. */
async function settled(page: Page, path: string): Promise<{ lastByteMs: number; restMs: number }> {
  const ending = `${AGENT_PATH}${path}`;
  const handle = await page.waitForFunction(
    ({ ending, quietMs }) => {
      const lastByteMs = window.probe.lastByteMs(ending);
      const restMs = Math.max(lastByteMs, window.probe.lastChangeMs());
      return lastByteMs > 0 && performance.now() - restMs > quietMs && { lastByteMs, restMs };
    },
    { ending, quietMs: QUIET_MS },
    { timeout: WAIT_MS, polling: 100 },
  );
  const found = await handle.jsonValue();
  if (!found) throw new Error("the page did not come to rest");
  return found;
}

async function taskMs(protocol: CDPSession): Promise<number> {
  const { metrics } = await protocol.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN) * 1000;
}

function pressKeys(protocol: CDPSession): { stop(): Promise<number> } {
  const pressed: Promise<unknown>[] = [];
  const press = () => {
    const key = { key: "a", code: "KeyA", text: "a", windowsVirtualKeyCode: 65 };
    // Not awaited: people do not wait for the page either.
    pressed.push(protocol.send("Input.dispatchKeyEvent", { type: "keyDown", ...key }).catch(() => {}));
    pressed.push(protocol.send("Input.dispatchKeyEvent", { type: "keyUp", ...key, text: "" }).catch(() => {}));
  };
  const timer = setInterval(press, KEY_EVERY_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await Promise.all(pressed);
      return pressed.length / 2;
    },
  };
}

export interface Scripts {
  firstLoadKb: number;
  withChatKb: number;
}

/** JavaScript, gzipped, that the page's document asks for, and all of it once the chat stands open. */
export async function measureScripts(browser: Browser, side: Side): Promise<Scripts> {
  const firstLoad = await scriptsOf(browser, side, side.closedPath, false);
  const [thread] = await side.makeThreads(1, 0);
  const withChat = await scriptsOf(browser, side, side.chatPath(thread?.id ?? "", { n: 1, rate: 0 }), true);
  return { firstLoadKb: firstLoad / 1024, withChatKb: withChat / 1024 };
}

async function scriptsOf(browser: Browser, side: Side, path: string, chat: boolean): Promise<number> {
  // Narrow, where no page opens its chat by itself.
  const context = await browser.newContext({ viewport: chat ? VIEWPORT : { width: 800, height: 900 } });
  try {
    await side.enter(context);
    const page = await context.newPage();
    const sizes = new Map<string, Promise<number>>();
    page.on("response", (response) => {
      if (response.request().resourceType() !== "script" || sizes.has(response.url())) return;
      sizes.set(
        response.url(),
        response.body().then(
          (body) => gzipSync(body).length,
          () => 0,
        ),
      );
    });
    await page.goto(`${side.origin}${path}`, { waitUntil: "load" });
    if (chat) await page.getByTestId("copilot-chat-textarea").waitFor({ timeout: WAIT_MS });
    // What is fetched when idle is part of it; the network itself never rests, because the page listens for changes.
    await page.waitForTimeout(SCRIPTS_AFTER_MS);
    return (await Promise.all(sizes.values())).reduce((total, size) => total + size, 0);
  } finally {
    await context.close();
  }
}
