"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Citation } from "@/contract/knowledge";
import type { ChatSession } from "./chat-session";

export type Rating = "up" | "down";

/** A failure to try out, and what to expect of it. */
export interface OfferedScenario {
  name: string;
  title: string;
  expect: string;
}

export interface ChatModelChoice {
  id: string;
  label: string;
}

export interface ChatModelLabel {
  label: string;
  /** True for the built-in model that answers without a provider. */
  offline: boolean;
  /** What the person may choose from, the one that serves without a choice first; none where there is no choice. */
  choices?: readonly ChatModelChoice[];
}

/** What every part of the chat may need and a page decides. Keep it stable: rows of the conversation read it. */
export interface ChatContextValue {
  session: ChatSession;
  title: string;
  model: ChatModelLabel;
  /** The id of the chosen model; undefined where there is no choice. */
  chosenModel: string | undefined;
  chooseModel(id: string): void;
  placeholder: string;
  /** What of the page goes along with a question. */
  pageContextLabel?: string | undefined;
  /** Failures that this person may try out; undefined for everybody else. */
  scenarios?: readonly OfferedScenario[] | undefined;
  /** Set for a conversation that may be read only, with the reason. */
  readOnly?: string;
  emptyState: ReactNode;
  /** The question that the work behind this conversation waits with, to be answered in it. */
  decision?: ReactNode;
  headerActions: ReactNode;
  citationHref(citation: Citation): string;
  onOpenCitation(): void;
  rateAnswer?(messageId: string, rating: Rating): Promise<boolean>;
  ratings: ReadonlyMap<string, Rating>;
  /** The form of a question that an agent waits with, by the id of its approval. */
  drawQuestion?(approvalId: string): ReactNode;
  /** Starts a conversation of its own. */
  leave(): void;
  close(): void;
}

const ChatContext = createContext<ChatContextValue | null>(null);

export const ChatContextProvider = ChatContext.Provider;

export function useChat(): ChatContextValue {
  const value = useContext(ChatContext);
  if (!value) throw new Error("this is a part of the chat and is drawn inside it");
  return value;
}
