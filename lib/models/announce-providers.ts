import { type AGUIEvent, EventType } from "@ag-ui/core";
import { PROVIDER_STATUS_EVENT } from "@/contract/failures";
import { modelHealth } from "./model-health";
import { providerStatus } from "./provider-news";
import { chatModels } from "./registry";

/** For whoever opens a thread: which models are left alone just now. None is said too, because the page may still show one. */
export function announceProviders(): AGUIEvent[] {
  const value = providerStatus(chatModels(), modelHealth().breakers);
  return [{ type: EventType.CUSTOM, name: PROVIDER_STATUS_EVENT, value }];
}
