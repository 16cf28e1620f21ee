-- What an open question is about changes under it (marks taken back, matches, letters), and it is to say what there is to decide.
GRANT UPDATE (message, proposal, amount_minor, currency, four_eyes) ON flightdeck.approvals TO flightdeck_runner;
