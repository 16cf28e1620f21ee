/** A note without the subject it begins with (`ORD-7: the letter is ready.`), to stand as a sentence where the subject is named already. */
export function asSentence(note: string, subject: string): string {
  const rest = note.startsWith(`${subject}: `) ? note.slice(subject.length + 2) : note;
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
