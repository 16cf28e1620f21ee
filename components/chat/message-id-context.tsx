"use client";

import { createContext, useContext } from "react";

const MessageIdContext = createContext("");

export const MessageIdProvider = MessageIdContext.Provider;

/** The message that is being drawn: what a citation number means depends on it. */
export const useMessageId = (): string => useContext(MessageIdContext);
