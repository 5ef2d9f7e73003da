/** The deliveries of one message. A message that is repeated has the same ones. */
export type Batch = {
  id: string;
  medium: "mail" | "channel";
  recipient: string;
  alerts: string[];
};

/** `dropped` if the recipient no longer exists, or no longer wants it. */
export type SendResult = "sent" | "failed" | "dropped";
