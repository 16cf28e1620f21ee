-- Counters of the last minute: every request writes one, those of one user take turns at its row, and a crash of Postgres may forget them.
-- Without the log a turn does not wait for the disk.
ALTER TABLE flightdeck.rate_limits SET UNLOGGED;
