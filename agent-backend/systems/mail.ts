export interface Mail {
  to: string;
  subject: string;
  body: string;
}

/** Outgoing mail. The key becomes the Message-ID, by which a receiver drops a mail that arrives twice. */
export interface MailPort {
  send(key: string, mail: Mail): Promise<{ reference: string }>;
  /** Null when it was not sent, and also when the system cannot tell: SMTP has no such question. */
  find(key: string): Promise<{ reference: string } | null>;
}
