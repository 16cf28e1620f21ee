"use client";

import { createContext, useContext } from "react";

interface ChatOpen {
  open: boolean;
  setOpen(open: boolean): void;
}

export const ChatOpenContext = createContext<ChatOpen>({ open: true, setOpen: () => {} });

export const useChatOpen = (): ChatOpen => useContext(ChatOpenContext);
