import type { NextRequest, NextResponse } from "next/server";
import { renewSession } from "@/lib/gateway/renew-session";

export function proxy(request: NextRequest): Promise<NextResponse> {
  return renewSession(request);
}

// Pages only. API routes renew the session themselves: Next would buffer their bodies here, and cut them at 10 MB.
export const config = { matcher: ["/((?!api/|supabase/|_next/|favicon.ico|.*\\.(?:png|svg|ico|webp|txt|woff2)$).*)"] };
