import { program, prose } from './prose.ts';
import type { Random } from './random.ts';
import { QUESTIONS, STATEMENTS } from './vocabulary.ts';

export type Kind = 'system' | 'question' | 'answer' | 'call' | 'output' | 'thoughts';

/** What all messages of an export have in common. */
export interface Style {
  random: Random;
  /** Mean length of a text, in characters. */
  textLength: number;
  model: string;
}

const SHARE_OF_QUESTIONS = 0.4;
/** Lengths spread log-normally: many short ones, a few of many screens. The constant keeps the mean at 1. */
const SPREAD = 0.9;
const spread = (random: Random) => Math.exp(SPREAD * random.normal() - SPREAD ** 2 / 2);

/** The content of a message, with the fields that this kind has in real exports. */
function content({ random, textLength }: Style, kind: Kind): Record<string, unknown> {
  switch (kind) {
    case 'system':
      return { content_type: 'text', parts: [''] };
    case 'question':
      return {
        content_type: 'text',
        parts: [prose(random, QUESTIONS, SHARE_OF_QUESTIONS * textLength * spread(random))],
      };
    case 'answer':
      return {
        content_type: 'text',
        parts: [prose(random, STATEMENTS, (2 - SHARE_OF_QUESTIONS) * textLength * spread(random))],
      };
    case 'call':
      return { content_type: 'code', language: 'unknown', response_format_name: null, text: program(random, 6) };
    case 'output':
      return { content_type: 'execution_output', text: prose(random, STATEMENTS, textLength * spread(random)) };
    case 'thoughts':
      return {
        content_type: 'thoughts',
        thoughts: [
          {
            summary: prose(random, QUESTIONS, 20),
            content: prose(random, STATEMENTS, textLength),
            chunks: [],
            finished: true,
          },
        ],
        source_analysis_msg_id: random.uuid(),
      };
  }
}

const AUTHORS: Record<Kind, { role: string; name: string | null }> = {
  system: { role: 'system', name: null },
  question: { role: 'user', name: null },
  answer: { role: 'assistant', name: null },
  call: { role: 'assistant', name: null },
  output: { role: 'tool', name: 'python' },
  thoughts: { role: 'assistant', name: null },
};

function metadata(
  { random, model }: Style,
  kind: Kind,
  turn: { requestId: string; exchangeId: string; parent: string },
) {
  const common = {
    request_id: turn.requestId,
    message_source: null,
    turn_exchange_id: turn.exchangeId,
    timestamp_: 'absolute',
    message_type: null,
  };
  if (kind === 'system') return { is_visually_hidden_from_conversation: true };
  if (kind === 'question')
    return {
      selected_github_repos: [],
      selected_all_github_repos: false,
      selected_sources: [],
      serialization_metadata: { custom_symbol_offsets: [] },
      ...common,
    };
  return {
    finish_details: { type: 'stop', stop_tokens: [200002] },
    is_complete: true,
    citations: [],
    content_references: [],
    model_slug: model,
    default_model_slug: 'auto',
    parent_id: turn.parent,
    model_adjustments: [],
    ...(random.chance(0.2) ? { finished_duration_sec: random.below(60), reasoning_status: 'reasoning_ended' } : {}),
    ...common,
  };
}

/** A message as ChatGPT exports it. Both the importers that are compared accept it. */
export function message(
  style: Style,
  kind: Kind,
  turn: { id: string; parent: string; seconds: number; requestId: string; exchangeId: string },
): object {
  const { id, parent, seconds, requestId, exchangeId } = turn;
  return {
    id,
    author: { ...AUTHORS[kind], metadata: {} },
    create_time: kind === 'system' ? null : seconds,
    update_time: null,
    content: content(style, kind),
    status: 'finished_successfully',
    end_turn: kind === 'question' ? null : kind === 'answer' || kind === 'system',
    weight: kind === 'system' ? 0 : 1,
    metadata: metadata(style, kind, { requestId, exchangeId, parent }),
    recipient: kind === 'call' ? 'python' : 'all',
    channel: kind === 'answer' ? 'final' : null,
  };
}
