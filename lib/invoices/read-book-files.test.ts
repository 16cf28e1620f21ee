import { expect, test } from "vitest";
import { readBookFiles } from "./read-book-files";

const sent = (files: Record<string, string>, title?: string) => {
  const form = new FormData();
  for (const [name, text] of Object.entries(files)) form.append(name, new File([text], `${name}.csv`));
  if (title !== undefined) form.append("title", title);
  return new Request("http://localhost/", { method: "POST", body: form });
};
const all = { purchase_orders: "a", invoices: "b", bank_transactions: "c" };

test("three files come as they were sent, with their names and a title of reasonable length", async () => {
  const { title, files } = await readBookFiles(sent(all, `  ${"May ".repeat(100)}`));
  expect(title).toHaveLength(200);
  expect(files.invoices.filename).toBe("invoices.csv");
  expect(new TextDecoder().decode(files.bank_transactions.bytes)).toBe("c");
});

test("a file that is missing is named, and what is no form is refused", async () => {
  await expect(readBookFiles(sent({ purchase_orders: "a" }))).rejects.toMatchObject({
    code: "invalid_request",
    status: 422,
    fields: { invoices: "Choose a file.", bank_transactions: "Choose a file." },
  });
  const json = new Request("http://localhost/", {
    method: "POST",
    body: "{}",
    headers: { "content-type": "application/json" },
  });
  await expect(readBookFiles(json)).rejects.toMatchObject({ status: 415 });
});
