/** Set by proxy.ts on every page request, whatever the browser sent: a layout cannot ask which page it frames. */
export const RETURN_PATH_HEADER = "x-flightdeck-return-path";
