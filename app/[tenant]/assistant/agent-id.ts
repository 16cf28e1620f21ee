/** The agent of this page; other pages ask theirs and list their own conversations. */
export const AGENT_ID = "knowledge";
