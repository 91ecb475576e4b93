import { asObject, asText, type JsonObject } from '../../json/values.ts';
import { nameOfUser, type Workspace } from './workspace.ts';

export interface Speaker {
  /** Id of the user, or of the bot when there is no user. */
  id: string | null;
  name: string | null;
  isBot: boolean;
}

/**
 * Who speaks. A person who posts through an app is a person; a bot is known by its subtype, by the list of users, or by
 * a bot id that comes without a known person. Ids that no list explains stand in for the name.
 */
export function speakerOf(message: JsonObject, { users }: Workspace): Speaker {
  const comment = asObject(message.comment);
  const userId = asText(message.user) ?? asText(comment?.user);
  const botId = asText(message.bot_id);
  const user = userId === null ? undefined : users.get(userId);
  const isBot = message.subtype === 'bot_message' || (user?.isBot ?? botId !== null);
  const profile = asObject(message.user_profile);
  const ownName = asText(message.username) ?? asText(asObject(message.bot_profile)?.name);
  const listed = user?.name ?? (profile && nameOfUser(profile));
  const name = (isBot ? (ownName ?? listed) : (listed ?? ownName)) ?? userId ?? botId;
  return { id: userId ?? botId, name, isBot };
}
