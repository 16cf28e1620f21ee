"use client";

import { useAgentContext } from "@copilotkit/react-core/v2";

/** What a page tells the copilot of itself. */
export interface SharedPageContext {
  /** The name under which the copilot expects it; under any other it is not taken. */
  description: string;
  value: string;
  /** What it is, for the person, who is shown what of their screen goes along with a question. */
  label: string;
}

/** Tells the copilot what the page shows, for as long as this is drawn. The server keeps it short and marks it as data. */
export function PageContext({ context: { description, value } }: { context: SharedPageContext }) {
  useAgentContext({ description, value });
  return null;
}
