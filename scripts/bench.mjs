import { enter } from "./bootstrap/enter.mjs";

enter("bench/main.ts");
