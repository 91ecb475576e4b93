/**
 * Types of messages in which somebody says something; every other one is a notice of the platform, such as a join or a
 * pin. DiscordChatExporter names the types it knows and writes the number of any other.
 */
const SPEECH: ReadonlySet<string> = new Set([
  'Default',
  'Reply',
  '19',
  // Answers to slash commands and to commands of context menus, and the message that a thread started from.
  '20',
  'ChatInputCommand',
  '23',
  'ContextMenuCommand',
  '21',
  'ThreadStarterMessage',
]);

const NOTICE =
  /^(\d+|Recipient(Add|Remove)|Call|Channel(NameChange|IconChange|PinnedMessage|FollowAdd)|(Guild|User)\w+|ThreadCreated|AutoModerationAction|RoleSubscriptionPurchase|InteractionPremiumUpsell|Stage\w+|PollResult|PurchaseNotification)$/;

/** Null when the type is not known. */
export function isSpeech(type: string): boolean | null {
  if (SPEECH.has(type)) return true;
  return NOTICE.test(type) ? false : null;
}
