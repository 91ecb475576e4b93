/**
 * What a message of Slack is: `speech` of a person or a bot; a `notice` of the platform, such as a join; or a `revision`
 * that keeps earlier words of an edited or deleted message (exports of workspaces that retain them).
 */
export type Standing = 'speech' | 'notice' | 'revision';

const SPEECH: ReadonlySet<string> = new Set([
  'message',
  'assistant_app_thread',
  'bot_message',
  'file_comment',
  'file_mention',
  'file_share',
  'me_message',
  'reply_broadcast',
  'slackbot_response',
  'thread_broadcast',
]);

const REVISIONS: ReadonlySet<string> = new Set(['message_changed', 'message_deleted', 'message_replied']);

const NOTICE =
  /^(channel_|group_|mpim_|sh_room_|reminder_|huddle_|app_conversation_|tabbed_canvas_|bot_(add|remove|enable|disable)$|(un)?pinned_item$|joiner_notification|ekm_access_denied$|file_change$|tombstone$)/;

/** Null when the subtype is not known. */
export function standingOf(subtype: string): Standing | null {
  if (SPEECH.has(subtype)) return 'speech';
  if (REVISIONS.has(subtype)) return 'revision';
  return NOTICE.test(subtype) ? 'notice' : null;
}
