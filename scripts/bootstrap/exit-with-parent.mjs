// @ts-check
// Loaded into the processes that the launcher starts. Their channel to it closes when it dies in any way, kill -9 included;
// a web or agent backend that lived on would keep its port and run against a database that nobody looks after.
const GRACE_MS = 3_000;

// Taken out at once: a worker that this process forks inherits flags and environment, but its channel is for its own work.
const asked = process.env.FLIGHTDECK_EXIT_WITH_PARENT === "1";
delete process.env.FLIGHTDECK_EXIT_WITH_PARENT;

if (asked && process.channel) {
  process.on("disconnect", () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.exit(1), GRACE_MS).unref();
  });
  // Listening must not by itself keep a finished process alive.
  process.channel.unref();
}
