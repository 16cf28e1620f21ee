/** What one upload may be. Tenants may set their own quota (`documentsMax`, `documentBytesMax` in their settings). */
export const UPLOAD_BYTES_MAX = 20 * 1024 * 1024;
export const TENANT_DOCUMENTS_MAX = 10_000;
export const TENANT_BYTES_MAX = 2 * 1024 ** 3;

/** A .docx is a zip archive; these are its insides once unpacked. */
export const UNPACKED_BYTES_MAX = 100 * 1024 * 1024;
export const ARCHIVE_ENTRIES_MAX = 5_000;
export const CSV_COLUMNS_MAX = 500;
export const PDF_PAGES_MAX = 5_000;

/** One file is read in a worker thread that is ended when it takes longer or needs more memory than this. */
export const READING_MS_MAX = 60_000;
export const READING_MEMORY_MB_MAX = 768;
export const TITLE_CHARS_MAX = 200;
