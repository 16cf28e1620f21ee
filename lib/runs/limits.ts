/** What the runner may use and how patient it is. Times in milliseconds, sizes in bytes. */
export interface RunnerLimits {
  /** Deltas of one message are gathered this long before they become an event; the first one goes at once. */
  frameMs: number;
  /** What the frame stretches to when the node is busy. */
  frameMsMax: number;
  /** A frame waits this long for the frames of other runs, so that one statement takes them all. */
  lingerMs: number;
  /** A node that has not renewed its lease for this long is dead. */
  leaseMs: number;
  heartbeatMs: number;
  /** How often followers look into the log by themselves, should a notification get lost. */
  pollMs: number;
  /** A run whose agent said nothing for this long is ended. */
  silenceMs: number;
  /** When nothing could be stored for this long, readers are sent away: on their way back they learn that the server has a problem. */
  stalledMs: number;
  /** Events of one run, and of all runs, that may wait in memory while the database is away. */
  pendingBytesMax: number;
  pendingBytesNodeMax: number;
  eventBytesMax: number;
  /** The committed events a node keeps in memory for each run it serves; slower readers go to the log. */
  tailEventsMax: number;
  /** Events read from the log at a time. */
  pageEvents: number;
  /** A comment is sent on a quiet stream this often, so that no proxy takes it for dead. */
  keepAliveMs: number;
  /** How long the events of an ended run are kept; its messages stay. A tenant's `runEventsKeepHours` setting goes before it. */
  keepEventsMs: number;
}

export const defaultLimits: RunnerLimits = {
  frameMs: 50,
  frameMsMax: 100,
  lingerMs: 4,
  leaseMs: 3_600,
  heartbeatMs: 700,
  pollMs: 1_500,
  silenceMs: 180_000,
  stalledMs: 2_500,
  pendingBytesMax: 8 << 20,
  pendingBytesNodeMax: 128 << 20,
  eventBytesMax: 4 << 20,
  tailEventsMax: 256,
  pageEvents: 500,
  keepAliveMs: 15_000,
  keepEventsMs: 24 * 3_600_000,
};
