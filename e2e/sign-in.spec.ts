import { paths } from "@/lib/paths";
import { expect, test } from "./fixtures";
import { PASSWORD, users } from "./person";
import { expireAccessToken } from "./session";

test("a page that needs a session asks for one and then opens", async ({ person }) => {
  const { page } = person;
  const wanted = paths.assistant("acme", { doc: "doc_1" });
  await person.goto(wanted);
  await expect(page).toHaveURL(paths.signIn(wanted));
  await person.signInWith(users.ben.email, PASSWORD);
  await expect(page).toHaveURL(wanted);
});

test("a wrong password and an unknown address get the same words, and nothing typed is lost", async ({ person }) => {
  const { page } = person;
  await person.goto(paths.signIn());
  for (const email of ["gia@globex.test", "stranger@globex.test"]) {
    await person.signInWith(email, "wrong");
    await expect(person.failure).toHaveText("This email address and password do not match.");
    await expect(page.getByLabel("Email")).toHaveValue(email);
    await page.reload();
  }
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByLabel("Email")).toHaveAccessibleDescription(/Enter your email address|not an email address/);
  await expect(page.getByLabel("Password")).toHaveAccessibleDescription("Enter your password.");
});

test("too many attempts are told how long to wait, the right password included", async ({ person }) => {
  const { page } = person;
  const email = `locked-out-${Date.now()}@acme.test`;
  await person.goto(paths.signIn());
  for (let attempt = 1; attempt <= 10; attempt++) {
    const answered = page.waitForResponse((response) => response.request().method() === "POST");
    await person.signInWith(email, `guess ${attempt}`);
    await answered;
    await expect(person.failure).toHaveText("This email address and password do not match.");
  }
  await person.signInWith(email, PASSWORD);
  await expect(person.failure).toContainText("Too many attempts. Please wait before you try again.");
  await expect(person.failure).toContainText(/You can try again in \d+ s\./);
  // Somebody else is not locked out with them.
  await page.getByRole("button", { name: users.ben.email }).click();
  await expect(page).toHaveURL("/acme/assistant");
});

test("somebody without a workspace is told whom to ask", async ({ person, request, baseURL }) => {
  const { page } = person;
  const email = `newcomer-${Date.now()}@elsewhere.test`;
  const made = await request.post(`${baseURL}/supabase/auth/v1/signup`, {
    headers: { apikey: "sb_publishable_local" },
    data: { email, password: PASSWORD },
  });
  expect(made.status()).toBe(200);
  await person.goto(paths.signIn());
  await person.signInWith(email, PASSWORD);
  await expect(page.getByRole("heading", { name: "You are not a member of any workspace yet" })).toBeVisible();
  await expect(page.getByText(email)).toBeVisible();
  expect((await page.goto(paths.assistant("acme")))?.status()).toBe(404);
  await page.goto(paths.home());
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(paths.signIn());
});

test("after signing out the pages are closed, in the other tabs too", async ({ person }) => {
  const { page } = person;
  await person.signIn("ben");
  const tab = await page.context().newPage();
  await tab.goto(paths.assistant("acme"));
  await person.signOut();
  await page.goBack();
  await expect(page).toHaveURL(/\/sign-in/);
  await tab.reload();
  await expect(tab).toHaveURL(paths.signIn(paths.assistant("acme")));
});

test("an access token that runs out is renewed without anybody noticing, in the chat and on the pages", async ({
  person,
}) => {
  const { page } = person;
  await person.signIn("ben");
  const first = await expireAccessToken(page.context());
  await expect(await person.ask("What is the return window?")).toContainText("30 days");
  const second = await expireAccessToken(page.context());
  expect(second).not.toBe(first);
  await page.reload();
  await expect(person.answers).toContainText(["30 days"]);
  expect(await expireAccessToken(page.context())).not.toBe(second);
});

test("a session that was ended elsewhere keeps the question and says what to do", async ({
  person,
  request,
  baseURL,
}) => {
  const { page } = person;
  await person.signIn("ben");
  await person.ask("What is the return window?");
  const authorization = `Bearer ${await expireAccessToken(page.context())}`;
  const headers = { apikey: "sb_publishable_local", authorization };
  const ended = await request.post(`${baseURL}/supabase/auth/v1/logout?scope=local`, { headers });
  expect(ended.status()).toBe(204);
  await person.send("And for software?");
  await expect(page.getByText("Your session ended.", { exact: false })).toBeVisible();
  await expect(person.questionBox).toHaveValue("And for software?");
  const thread = await person.threadId();
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByRole("button", { name: users.ben.email }).click();
  await expect(page).toHaveURL(paths.assistant("acme", { thread }));
  await expect(person.questions).toHaveText(["What is the return window?"]);
  await expect(person.questionBox).toHaveValue("And for software?");
});
