"use client";

import { useEffect, useState } from "react";
import { THEME_COOKIE, type Theme, themeFrom } from "@/components/ui/theme";

const YEAR_SECONDS = 31_536_000;

/** The theme on <html>, and a way to change it that the next page load remembers. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>("system");
  useEffect(() => setTheme(themeFrom(document.documentElement.dataset.theme)), []);
  return [
    theme,
    (next) => {
      document.documentElement.dataset.theme = next;
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in two of the browsers we support.
      document.cookie = `${THEME_COOKIE}=${next}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
      setTheme(next);
    },
  ];
}
