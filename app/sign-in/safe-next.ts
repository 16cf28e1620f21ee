import { paths } from "@/lib/paths";

/** Where to go after signing in: only a path of this site, whatever the address bar says. */
export function safeNext(next: string | string[] | undefined): string {
  if (typeof next !== "string" || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(next)) return paths.home();
  return next;
}
