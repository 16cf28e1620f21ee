"use client";

import { Coins } from "lucide-react";
import { useChat } from "./chat-context";
import { NoticeBox } from "./notice-box";
import { useStore } from "./store";

/** That a soft limit is passed. The answer goes on, so that it is said once and quietly. */
export function BudgetLine() {
  const notice = useStore(useChat().session.budget.notice);
  return (
    <div role="status">
      {notice ? (
        <NoticeBox icon={Coins} tone="attention">
          {notice.message}
        </NoticeBox>
      ) : null}
    </div>
  );
}
