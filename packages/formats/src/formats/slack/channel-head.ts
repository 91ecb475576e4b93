import { ARRANGED_BY_TIME } from '@colloquy/domain';
import type { IssueLog } from '../../conversation/issues.ts';
import { pick } from '../../conversation/storable.ts';
import { parseTime } from '../../conversation/time.ts';
import { asArray, asObject, asString, asText } from '../../json/values.ts';
import type { ConversationDraft } from '../conversation.ts';
import type { ChannelPart } from './channel-parts.ts';
import type { Workspace } from './workspace.ts';

const CHANNEL_FIELDS = ['is_archived', 'is_general', 'creator', 'members', 'pins', 'previous_names'];
const TEAM_ID = /^[TE][A-Z0-9]+$/;
const CHANNEL_ID = /^[CDG][A-Z0-9]+$/;

/** What a conversation of Slack says about itself, without its messages. */
export function describeChannel(
  part: ChannelPart,
  workspace: Workspace,
  log: IssueLog,
): Omit<ConversationDraft, 'nodes' | 'activeId'> {
  const { channel, externalId, folder, number } = part;
  const topic = asText(asObject(channel?.value.topic)?.value);
  const purpose = asText(asObject(channel?.value.purpose)?.value);
  const { teamId } = workspace;
  const hasUrl = channel !== null && teamId !== null && TEAM_ID.test(teamId) && CHANNEL_ID.test(channel.id);
  return {
    platform: 'slack',
    id: externalId,
    title: titleOf(part, workspace),
    url: hasUrl ? `https://app.slack.com/client/${teamId}/${channel.id}` : null,
    createdAt: parseTime(channel?.value.created, `${folder}.created`, log),
    updatedAt: null,
    model: null,
    metadata: {
      arrangedBy: ARRANGED_BY_TIME,
      ...pick({ folder, kind: channel?.kind ?? null, topic, purpose }, ['folder', 'kind', 'topic', 'purpose']),
      ...pick(channel?.value ?? null, CHANNEL_FIELDS),
      ...(number > 1 ? { part: number } : {}),
    },
    raw: channel?.raw ?? '{}',
  };
}

/** Direct messages have no name but their members. */
function titleOf({ channel, folder }: ChannelPart, { users }: Workspace): string {
  const isDirect = channel?.kind === 'dm' || channel?.kind === 'mpim';
  const members = asArray(channel?.value.members)
    .map((id) => asString(id))
    .filter((id) => id !== null);
  if (isDirect && members.length > 0) return members.map((id) => users.get(id)?.name ?? id).join(', ');
  const name = asText(channel?.value.name);
  return name === null ? folder : `#${name}`;
}
