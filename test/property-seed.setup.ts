import fc from "fast-check";

// The same inputs in every run: what fails does so again, and a build does not fail for what another change will have to answer for.
// `FC_SEED=7` tries others.
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 1) });
