"use client";

import { useEffect, useEffectEvent } from "react";
import { paths } from "@/lib/paths";
import { ChangeFeed, type HeardChange } from "./change-feed";

const feeds = new Map<string, ChangeFeed>();

function feedOf(tenant: string, userId: string): ChangeFeed {
  // With the user in it: a tab of somebody who signed out must not speak to those of who signed in after.
  const name = `flightdeck:changes:${tenant}:${userId}`;
  const feed = feeds.get(name) ?? new ChangeFeed(paths.threadChanges(tenant), name);
  feeds.set(name, feed);
  return feed;
}

/** Calls `onChange` for what happens to the member's threads in this tenant, in whichever tab or device it is done, this one included. */
export function useThreadChanges(tenant: string, userId: string, onChange: (heard: HeardChange) => void): void {
  const tell = useEffectEvent(onChange);
  useEffect(() => feedOf(tenant, userId).subscribe((heard) => tell(heard)), [tenant, userId]);
}
