// `npm run check`: everything that can be known in under a minute.
import { runChecks } from "./checks";
import { stopToolsWithUs } from "./run";

stopToolsWithUs();
const { passed, failed } = await runChecks();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
