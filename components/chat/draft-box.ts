import { keepDraft, readDraft } from "./drafts";
import { Store } from "./store";

/** The question that is being written, kept for each conversation by itself, and for the one that has not begun. */
export class DraftBox {
  readonly text = new Store("");
  private threadId: string | undefined;
  private key = "";
  /** The conversation that the latest first question made. */
  private begun: string | undefined;

  constructor(
    /** Names the drafts of this user, tenant and agent. */
    private readonly scope: string,
    /** Whether nothing stands in the conversation that is shown. */
    private readonly isEmpty: () => boolean,
  ) {}

  /** Shows the draft of a conversation. Returns false when it is the one that is shown already. */
  show(threadId: string | undefined): boolean {
    const key = this.keyOf(threadId);
    if (key === this.key) return false;
    this.threadId = threadId;
    this.key = key;
    this.text.set(readDraft(key));
    return true;
  }

  write(text: string): void {
    const isShared = this.sharesBoxOfNew();
    this.text.set(text);
    keepDraft(this.key, text);
    if (isShared) keepDraft(this.keyOf(undefined), text);
  }

  /** The first question has made its conversation, which what is written belongs to from now on. */
  begin(threadId: string): void {
    keepDraft(this.key, "");
    this.begun = threadId;
    this.threadId = threadId;
    this.key = this.keyOf(threadId);
  }

  /**
   * Whether what is written here is kept in the box of a new conversation too: a conversation whose first question was refused is
   * empty, and who leaves it and asks anew shall find their words.
   */
  private sharesBoxOfNew(): boolean {
    const words = this.text.get();
    if (!this.isEmpty() || readDraft(this.keyOf(undefined)) !== words) return false;
    return words !== "" || this.threadId === this.begun;
  }

  private keyOf(threadId: string | undefined): string {
    return `${this.scope}:${threadId ?? "new"}`;
  }
}
