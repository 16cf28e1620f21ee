import type { Message } from "@ag-ui/core";
import type { BrowserContext } from "@playwright/test";

/** One of the two apps that are measured beside each other. */
export interface Side {
  name: "ours" | "stock";
  /** Where the load generator asks: a name would have to be looked up first. */
  url: string;
  /** What a browser has in its address bar. */
  origin: string;
  headers: Record<string, string>;
  webPid: number;
  /** So many conversations that nobody has asked anything in, with `history` messages each. */
  makeThreads(count: number, history: number): Promise<Thread[]>;
  /** A conversation that is kept by the server, with these messages in it. */
  storeThread(messages: number): Promise<string>;
  /** Signs the browser in, where that is needed. */
  enter(context: BrowserContext): Promise<void>;
  /** The page with the chat over the scripted agent. */
  chatPath(threadId: string, perf: object): string;
  /** A page whose chat nobody has opened. */
  closedPath: string;
  stop(): Promise<void>;
}

export interface Thread {
  id: string;
  /** What a client of this side sends along with a new question. */
  history: Message[];
}

export const AGENT_PATH = "/api/copilotkit/agent/scripted";
