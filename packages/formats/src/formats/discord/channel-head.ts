import { ARRANGED_BY_TIME } from '@colloquy/domain';
import { pick } from '../../conversation/storable.ts';
import { asObject, asText, type JsonObject } from '../../json/values.ts';
import type { ConversationDraft } from '../conversation.ts';

const CHANNEL_FIELDS = ['type', 'categoryId', 'category', 'topic'];
/** The guild that the exporter gives to direct messages. */
const NO_GUILD = '0';
const SNOWFLAKE = /^\d+$/;

/** What a channel says about itself. */
export function describeChannel(head: JsonObject): Omit<ConversationDraft, 'id' | 'nodes' | 'activeId'> {
  const guild = asObject(head.guild);
  const channel = asObject(head.channel);
  const isDirect = guild?.id === NO_GUILD;
  const name = asText(channel?.name);
  const guildName = isDirect ? null : asText(guild?.name);
  return {
    platform: 'discord',
    title: name === null || guildName === null ? name : `${guildName} / ${name}`,
    url: urlOf(isDirect ? '@me' : asText(guild?.id), asText(channel?.id)),
    createdAt: null,
    updatedAt: null,
    model: null,
    metadata: {
      arrangedBy: ARRANGED_BY_TIME,
      ...pick(channel, CHANNEL_FIELDS),
      ...(guild ? { guild: pick(guild, ['id', 'name']) } : {}),
      ...pick(head, ['dateRange', 'exportedAt']),
    },
    raw: JSON.stringify({ ...head, messages: [] }),
  };
}

function urlOf(guildId: string | null, channelId: string | null): string | null {
  if (guildId === null || channelId === null || !SNOWFLAKE.test(channelId)) return null;
  return guildId === '@me' || SNOWFLAKE.test(guildId) ? `https://discord.com/channels/${guildId}/${channelId}` : null;
}
