import { env } from "@/lib/env";
import { forbidden } from "@/lib/failures/app-error";

/**
 * Throws `forbidden` unless the browser says that a page of ours sent this. Browsers put `Origin` on every request that changes
 * something, so one without it did not come from our pages either. Callers with a bearer need no check: no browser adds that by itself.
 */
export function requireSameOrigin(headers: Headers): void {
  const origin = headers.get("origin");
  if (origin && ownOrigins(headers).has(originHost(origin))) return;
  if (!origin && headers.get("sec-fetch-site") === "same-origin") return;
  throw forbidden("This request did not come from this site.");
}

function ownOrigins(headers: Headers): Set<string> {
  // A page elsewhere can set neither of these headers, nor APP_URL.
  const seen = headers.get("x-forwarded-host")?.split(",")[0]?.trim() || headers.get("host") || "";
  const { APP_URL } = env();
  return new Set([seen.toLowerCase(), ...(APP_URL ? [originHost(APP_URL)] : [])].filter(Boolean));
}

function originHost(origin: string): string {
  try {
    return new URL(origin).host;
  } catch {
    return "";
  }
}
