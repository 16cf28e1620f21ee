import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { AnswerMarkdown } from "./answer-markdown";

const draw = (text: string, streaming = false) =>
  renderToStaticMarkup(<AnswerMarkdown text={text} streaming={streaming} />);

describe("AnswerMarkdown", () => {
  it("stands whole in its first rendering, so that a list measures it as tall as it is", () => {
    const html = draw("## Limits\n\nThe *arm* stops.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n");
    expect(html).toContain(">Limits</h3>");
    expect(html).toContain("<em>arm</em>");
    expect(html.match(/<li/g)).toHaveLength(2);
    expect(html).toContain("<table");
  });

  it("closes what is unfinished only at the end of an answer that streams", () => {
    expect(draw("It is **impor", true)).toContain(">impor</strong>");
    expect(draw("It is **impor")).toContain("**impor");
    expect(draw("An **open one\n\nand **another", true)).toContain("**open one");
  });

  it("draws HTML as characters and fetches no image", () => {
    const html = draw("<b>bold</b> and <script>x</script> ![chart](https://example.com/a.png)");
    expect(html).toContain("&lt;b&gt;");
    expect(html).not.toContain("<script");
    expect(html).toContain("[image: chart]");
    expect(html).not.toContain("example.com");
  });
});
