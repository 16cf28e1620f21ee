/** A document as the list shows it; dates as ISO text, because it crosses to the browser. */
export interface DocumentSummary {
  id: string;
  title: string;
  filename: string;
  bytes: number;
  version: number;
  chunks: number;
  updatedAt: string;
  /** Whether the signed-in member may replace and delete it. */
  editable: boolean;
}

export interface DocumentPage {
  documents: DocumentSummary[];
  nextCursor: string | null;
}
