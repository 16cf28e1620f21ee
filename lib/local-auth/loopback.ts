/** Whether a `Host` header (with or without a port) names this machine itself. */
export function isLoopbackHost(host: string): boolean {
  const name = host
    .trim()
    .toLowerCase()
    .replace(/:\d+$/, "")
    .replace(/^\[|\]$/g, "");
  return name === "localhost" || name.endsWith(".localhost") || isLoopbackAddress(name);
}

export function isLoopbackAddress(address: string): boolean {
  const plain = address
    .trim()
    .toLowerCase()
    .replace(/^::ffff:/, "");
  return plain === "::1" || /^127(\.\d{1,3}){3}$/.test(plain);
}

/** Whether everything the request says about its way here stays on this machine: the host it names and each hop it came over. */
export function isLoopbackRequest(headers: Headers): boolean {
  const list = (name: string) =>
    (headers.get(name) ?? "")
      .split(",")
      .map((item) => item.trim())
      .filter(Boolean);
  const hosts = [...list("host"), ...list("x-forwarded-host")];
  return hosts.length > 0 && hosts.every(isLoopbackHost) && list("x-forwarded-for").every(isLoopbackAddress);
}
