import type { Output } from '../output.ts';
import { clip, day, percent } from '../presentation/format.ts';
import type { Chain } from './chain.ts';
import type { Portrait } from './portrait.ts';

type Style = Output['style'];
type Related = Portrait['dependsOn'];

const WIDTH = 110;

/** An item in the words of each subgraph. */
export function portraitLines(item: Portrait, style: Style): string[] {
  const place = `${item.conversation.platform.displayName}, "${item.conversation.title ?? 'untitled'}"`;
  return [
    `${style('bold', item.type)}  ${clip(item.title, WIDTH)}`,
    `  said ${day(item.occurredAt)} in ${place}, confidence ${percent(item.confidence)}`,
    ...item.evidence.map(({ message, quote }) => `  ${message.role.toLowerCase()}: "${clip(quote, WIDTH)}"`),
    `  connections: ${item.connectionCount ?? 'not known yet'}`,
    ...relatedLines('evolved from', item.evolvedFrom),
    ...relatedLines('evolves to', item.evolvesTo),
    ...relatedLines('depends on', item.dependsOn),
    ...similarLines(item),
  ];
}

function relatedLines(label: string, related: Related): string[] {
  return (related ?? []).flatMap((item) =>
    item
      ? [`  ${label}: ${clip(item.title, WIDTH)} (${item.conversation.platform.name}, ${day(item.occurredAt)})`]
      : [],
  );
}

function similarLines({ similar }: Portrait): string[] {
  return (similar ?? []).flatMap((hit) => {
    if (!hit) return [];
    const text = hit.node.__typename === 'IntelligenceItem' ? hit.node.title : hit.snippet;
    return [`  similar: ${hit.score.toFixed(3)} ${clip(text, WIDTH)}`];
  });
}

/** A chain, a step per line, each further in than what needs it. */
export function chainLines({ items }: Chain, style: Style): string[] {
  return items.map((item, step) => {
    const arrow = step === 0 ? '' : `${'   '.repeat(step - 1)}└─ needs `;
    if (!item) return `${arrow}(not projected yet)`;
    const origin = style(
      'dim',
      `(${item.type.toLowerCase()}, ${item.conversation.platform.name}, ${day(item.occurredAt)})`,
    );
    return `${arrow}${clip(item.title, WIDTH - arrow.length)} ${origin}`;
  });
}
