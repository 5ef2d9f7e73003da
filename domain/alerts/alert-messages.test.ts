import { expect, test } from "vitest";
import { type AlertText, channelMessage } from "./alert-messages";

const ALL = "https://signet.example/alerts";
const alert = (more: Partial<AlertText> = {}): AlertText => ({
  title: "Quota reached",
  sentence: "analyzer_time: 100 of 100 minutes used",
  where: "Contoso, 9999 0000 0000 1253",
  link: "https://signet.example/licenses/9999000000001253/capacity",
  ...more,
});
const many = (count: number) => Array.from({ length: count }, () => alert());
const textsIn = (card: object): string[] =>
  JSON.parse(JSON.stringify(card)).attachments[0].content.body.map(({ text }: { text: string }) => text);

test("Slack gets a text with a link to each alert", () => {
  expect(channelMessage("slack", [alert()], ALL)).toEqual({
    text: "*<https://signet.example/licenses/9999000000001253/capacity|Quota reached>* analyzer_time: 100 of 100 minutes used\nContoso, 9999 0000 0000 1253",
  });
});

test("Teams gets an adaptive card with a link to each alert", () => {
  const card = channelMessage("teams", [alert()], ALL);
  expect(card).toMatchObject({
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        content: { type: "AdaptiveCard", version: "1.4" },
      },
    ],
  });
  expect(textsIn(card)).toEqual([
    "**[Quota reached](https://signet.example/licenses/9999000000001253/capacity)** analyzer\\_time: 100 of 100 minutes used",
    "Contoso, 9999 0000 0000 1253",
  ]);
});

test("a message names 20 alerts and counts the others", () => {
  expect(textsIn(channelMessage("teams", many(20), ALL))).toHaveLength(40);
  expect(textsIn(channelMessage("teams", many(21), ALL)).at(-1)).toBe(`[1 more alert](${ALL})`);
  expect(JSON.stringify(channelMessage("slack", many(23), ALL))).toContain(`<${ALL}|3 more alerts>`);
});

test("a customer's name makes no markup", () => {
  const where = "<!channel> & [free](https://evil.example) *now*";
  expect(JSON.stringify(channelMessage("slack", [alert({ where })], ALL))).toContain(
    "&lt;!channel&gt; &amp; [free]",
  );
  expect(textsIn(channelMessage("teams", [alert({ where })], ALL))[1]).toBe(
    "\\<!channel\\> & \\[free\\]\\(https://evil.example\\) \\*now\\*",
  );
});
