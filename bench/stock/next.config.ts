import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";

const config: NextConfig = {
  compress: false,
  poweredByHeader: false,
  // `npm run check` compiles it with everything else.
  typescript: { ignoreBuildErrors: true },
  // The packages are the project's own, two folders up, so that both sides run the same versions.
  turbopack: { root: fileURLToPath(new URL("../..", import.meta.url)) },
};

export default config;
