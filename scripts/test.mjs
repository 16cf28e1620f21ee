import { enter } from "./bootstrap/enter.mjs";

enter("test/main.ts");
