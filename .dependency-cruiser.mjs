// The arrows of the house: app (and the two routes in pages) -> components -> lib -> db, contract for all, agent-backend on its own. Down only.
const tests = "\\.(test|spec)\\.tsx?$";
const rule = (name, comment, from, to, extra = {}) => ({
  name,
  comment,
  severity: "error",
  from: { path: from, pathNot: tests },
  to: { path: to, ...extra },
});

export default {
  forbidden: [
    rule(
      "db-is-the-floor",
      "db imports nothing of ours",
      "^db/",
      "^(app|pages|components|lib|contract|agent-backend|scripts)/",
    ),
    rule(
      "contract-is-schemas-only",
      "contract imports zod only",
      "^contract/",
      "^(app|pages|components|lib|db|agent-backend|scripts)/",
    ),
    rule(
      "lib-is-below-the-ui",
      "lib never imports what renders it",
      "^lib/",
      "^(app|pages|components|agent-backend|scripts)/",
    ),
    rule(
      "components-know-no-route",
      "components know no feature and no table",
      "^components/",
      "^(app|pages|db|agent-backend|scripts)/",
      {
        dependencyTypesNot: ["type-only"],
      },
    ),
    rule(
      "app-reaches-db-for-types-only",
      "routes read and write through lib",
      "^(app|pages)/",
      "^(db|agent-backend|scripts)/",
      {
        dependencyTypesNot: ["type-only"],
      },
    ),
    rule(
      "agent-backend-stands-alone",
      "it meets the web only over HTTP and contract/",
      "^agent-backend/",
      "^(app|pages|components|lib)/",
    ),
    {
      name: "routes-do-not-import-each-other",
      comment: "What two pages need moves to lib or components.",
      severity: "error",
      from: { path: "^app/\\[tenant\\]/([^/]+)/" },
      to: { path: "^app/\\[tenant\\]/([^/]+)/", pathNot: "^app/\\[tenant\\]/$1/" },
    },
    {
      name: "no-cycles",
      comment: "A cycle is two files that are one.",
      severity: "error",
      from: { pathNot: tests },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(\\.next|node_modules)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
