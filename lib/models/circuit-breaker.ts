/**
 * Which models are worth asking. A model that failed several times in a short while is left alone; then one request may try it, and
 * decides whether the others follow. Kept in the process: nodes find out for themselves, which takes each a few requests.
 */

export interface BreakerSettings {
  /** Failures within the window that open the circuit. */
  failuresMax: number;
  windowMs: number;
  /** How long a model is left alone before one request tries it. */
  openMs: number;
}

export const defaultBreakerSettings: BreakerSettings = { failuresMax: 5, windowMs: 60_000, openMs: 30_000 };

export type CircuitState = "closed" | "open" | "half_open";

interface Circuit {
  failedAt: number[];
  openedAt: number | null;
  probing: boolean;
}

export class CircuitBreakers {
  private readonly circuits = new Map<string, Circuit>();

  constructor(
    private readonly settings: BreakerSettings = defaultBreakerSettings,
    private readonly now: () => number = Date.now,
  ) {}

  state(key: string): CircuitState {
    const circuit = this.circuits.get(key);
    if (circuit?.openedAt == null) return "closed";
    return this.now() < circuit.openedAt + this.settings.openMs ? "open" : "half_open";
  }

  /** Milliseconds until the model may be asked; 0 is now. */
  waitMs(key: string): number {
    const circuit = this.circuits.get(key);
    if (circuit?.openedAt == null) return 0;
    const remaining = circuit.openedAt + this.settings.openMs - this.now();
    // While one request tries it, the others wait for what it finds.
    if (remaining <= 0) return circuit.probing ? PROBE_PATIENCE_MS : 0;
    return remaining;
  }

  /** Says that a request is on its way. Call `succeeded`, `failed` or `abandoned` for each. */
  started(key: string): void {
    const circuit = this.circuits.get(key);
    if (circuit && this.state(key) === "half_open") circuit.probing = true;
  }

  succeeded(key: string): void {
    this.circuits.delete(key);
  }

  failed(key: string): void {
    const now = this.now();
    const circuit = this.circuits.get(key) ?? { failedAt: [], openedAt: null, probing: false };
    this.circuits.set(key, circuit);
    circuit.failedAt = [...circuit.failedAt.filter((at) => at > now - this.settings.windowMs), now];
    const probed = circuit.probing || this.state(key) === "half_open";
    circuit.probing = false;
    if (probed || (circuit.openedAt === null && circuit.failedAt.length >= this.settings.failuresMax)) {
      circuit.openedAt = now;
    }
  }

  /** The request ended without telling anything about the model: it was stopped, or was itself at fault. */
  abandoned(key: string): void {
    const circuit = this.circuits.get(key);
    if (circuit) circuit.probing = false;
  }

  /** Epoch milliseconds until which the model is left alone, or null while it may be asked. */
  openUntil(key: string): number | null {
    const { openedAt } = this.circuits.get(key) ?? { openedAt: null };
    return openedAt !== null && this.state(key) === "open" ? openedAt + this.settings.openMs : null;
  }

  /** The models that are not simply working, for a status page. */
  list(): { key: string; state: CircuitState; retryInMs: number }[] {
    return [...this.circuits.keys()]
      .map((key) => ({ key, state: this.state(key), retryInMs: this.waitMs(key) }))
      .filter(({ state }) => state !== "closed");
  }
}

const PROBE_PATIENCE_MS = 5_000;
