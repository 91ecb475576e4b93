import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** A meeting as a conversation, with questions and the turns that answer them. */
export interface Meeting {
  readonly id: string;
  readonly turns: readonly string[];
  readonly questions: readonly { readonly text: string; readonly answers: ReadonlySet<number> }[];
}

interface QmsumMeeting {
  meeting_id: string;
  meeting_transcripts: { content: string }[];
  specific_query_list: { query: string; relevant_text_span: [string, string][] }[];
}

/** Reads QMSum's JSON lines. An answer is every turn of the spans that the annotators marked. */
export async function* readMeetings(file: string): AsyncGenerator<Meeting> {
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    const meeting = JSON.parse(line) as QmsumMeeting;
    yield {
      id: meeting.meeting_id,
      turns: meeting.meeting_transcripts.map(({ content }) => content),
      questions: meeting.specific_query_list.map(({ query, relevant_text_span: spans }) => ({
        text: query,
        answers: new Set(spans.flatMap(([first, last]) => range(Number(first), Number(last)))),
      })),
    };
  }
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
