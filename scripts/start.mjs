import { enter } from "./bootstrap/enter.mjs";

enter("launch/main.ts", { ownSession: true });
