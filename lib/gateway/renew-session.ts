import { type NextRequest, NextResponse } from "next/server";
import { RETURN_PATH_HEADER } from "./return-path";
import { type CookieJar, renewAccessToken } from "./session-cookie";

/**
 * Renews the session cookie of a page request before the page reads it, for the page and for the browser. It lets every request
 * through: who may see what is decided where the data is read, never by a path.
 */
export async function renewSession(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  const changed: Parameters<NextResponse["cookies"]["set"]>[] = [];
  const jar: CookieJar = {
    getAll: () => request.cookies.getAll(),
    setAll: (cookies) => {
      for (const { name, value, options } of cookies) {
        request.cookies.set(name, value);
        changed.push([name, value, options]);
      }
    },
  };
  // Without the auth server the page itself says what is wrong, better than an empty answer from here.
  await renewAccessToken(jar, request.headers).catch(() => null);
  const headers = new Headers(request.headers);
  headers.set(RETURN_PATH_HEADER, `${pathname}${search}`);
  const response = NextResponse.next({ request: { headers } });
  for (const cookie of changed) response.cookies.set(...cookie);
  if (changed.length > 0) response.headers.set("cache-control", "private, no-store");
  return response;
}
