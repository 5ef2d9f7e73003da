/** An alert as people read of it. */
export type AlertText = {
  title: string;
  /** One sentence without a full stop. */
  sentence: string;
  /** The customer and the license, or the installation. */
  where: string;
  link: string;
};

export const CHANNEL_KINDS = ["slack", "teams"] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** One message names so many alerts; the others are counted. */
const MOST = 20;

/** The body that an incoming webhook of Slack or Teams takes for some alerts. */
export function channelMessage(kind: ChannelKind, alerts: readonly AlertText[], all: string): object {
  return kind === "slack" ? slackMessage(alerts, all) : teamsMessage(alerts, all);
}

/** A message in Slack's mrkdwn. */
function slackMessage(alerts: readonly AlertText[], all: string): object {
  const lines = alerts
    .slice(0, MOST)
    .map(
      ({ title, sentence, where, link }) =>
        `*<${link}|${slackText(title)}>* ${slackText(sentence)}\n${slackText(where)}`,
    );
  const rest = restOf(alerts);
  return { text: [...lines, ...(rest ? [`<${all}|${rest}>`] : [])].join("\n") };
}

/** A message with an Adaptive Card, as workflows of Teams and its older connectors take it. */
function teamsMessage(alerts: readonly AlertText[], all: string): object {
  const rest = restOf(alerts);
  const body = alerts
    .slice(0, MOST)
    .flatMap(({ title, sentence, where, link }, index) => [
      textBlock(`**[${cardText(title)}](${link})** ${cardText(sentence)}`, { separator: index > 0 }),
      textBlock(cardText(where), { isSubtle: true, spacing: "None" }),
    ]);
  return {
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          ...{ type: "AdaptiveCard", version: "1.4" },
          body: [...body, ...(rest ? [textBlock(`[${rest}](${all})`)] : [])],
        },
      },
    ],
  };
}

/** How many alerts a message leaves out; null if none. */
function restOf(alerts: readonly unknown[], most = MOST): string | null {
  const rest = alerts.length - most;
  return rest > 0 ? `${rest.toLocaleString("en")} more alert${rest === 1 ? "" : "s"}` : null;
}

function textBlock(text: string, more: object = {}): object {
  return { type: "TextBlock", text, wrap: true, ...more };
}

/** The three characters that Slack reads as markup. */
function slackText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Names can't make links or emphasis in a card. */
function cardText(text: string): string {
  return text.replace(/[\\`*_[\]()<>#~]/g, "\\$&");
}
