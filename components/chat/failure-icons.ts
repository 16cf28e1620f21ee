import {
  CircleStop,
  CloudOff,
  FileQuestion,
  FileX2,
  Hourglass,
  KeyRound,
  type LucideIcon,
  MessageSquareWarning,
  PackageX,
  Scissors,
  ShieldAlert,
  TimerOff,
  TriangleAlert,
  Unplug,
  WalletCards,
  WrapText,
} from "lucide-react";
import type { FailureClass } from "@/contract/failures";

const icons: Record<FailureClass, LucideIcon> = {
  rate_limit: Hourglass,
  quota_exhausted: WalletCards,
  context_overflow: WrapText,
  provider_outage: CloudOff,
  network: Unplug,
  timeout: TimerOff,
  stream_truncated: Scissors,
  output_truncated: Scissors,
  tool_call_parse: FileQuestion,
  history_corrupt: MessageSquareWarning,
  content_filter: ShieldAlert,
  auth: KeyRound,
  model_not_found: FileX2,
  payload_too_large: PackageX,
  invalid_request: TriangleAlert,
  user_abort: CircleStop,
  none: TriangleAlert,
};

/** The sign of a failure; a code that is no class of the model's has the common one. */
export function failureIcon(code: string): LucideIcon {
  return Object.hasOwn(icons, code) ? icons[code as FailureClass] : TriangleAlert;
}
