import { enter } from "./bootstrap/enter.mjs";

enter("check/main.ts");
