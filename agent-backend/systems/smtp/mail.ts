import { createHash } from "node:crypto";
import { createTransport } from "nodemailer";
import type { MailPort } from "../mail";
import { OutsideFailure } from "../outside-failure";

/** Mail over SMTP. `url` as nodemailer takes it (`smtps://user:password@host:465`), `from` the sender's address. */
export function smtpMail(url: string, from: string): MailPort {
  const transport = createTransport(url, { from });
  return {
    async send(key, mail) {
      const messageId = `<${createHash("sha256").update(key).digest("hex").slice(0, 40)}@${from.split("@").at(-1) ?? "localhost"}>`;
      try {
        await transport.sendMail({ from, to: mail.to, subject: mail.subject, text: mail.body, messageId });
      } catch (error) {
        throw failureOf(error);
      }
      return { reference: messageId };
    },
    find: async () => null,
  };
}

function failureOf(error: unknown): OutsideFailure {
  const { code, responseCode, syscall } = error as { code?: string; responseCode?: number; syscall?: string };
  if (responseCode !== undefined && responseCode >= 500)
    return new OutsideFailure("mail", "refused", "The mail server refused the message.");
  const never =
    syscall === "connect" ||
    code === "ECONNECTION" ||
    code === "EDNS" ||
    (responseCode !== undefined && responseCode >= 400);
  return new OutsideFailure("mail", never ? "outage" : "timeout", "The mail server does not answer.");
}
