import { describe, expect, test } from '@jest/globals';
import { sentencesOf } from '../text/sentences.ts';
import { judge } from './judgement.ts';

function typeOf(text: string): string | null {
  const [sentence] = sentencesOf(text);
  return sentence ? (judge(sentence)?.type ?? null) : null;
}

describe('judge', () => {
  test.each([
    ['INCOMPLETE_IDEA', 'What if we stored the embeddings in the same table?'],
    ['INCOMPLETE_IDEA', 'Maybe we could let the worker prefetch the next archive somehow.'],
    ['INCOMPLETE_IDEA', "I haven't figured out how to merge conflicting edits yet."],
    ['INCOMPLETE_IDEA', 'Should we keep one collection per tenant or one per embedding version?'],
    ['FEATURE_REQUEST', 'Users should be able to export a notebook as Markdown.'],
    ['FEATURE_REQUEST', 'It would be great if the dashboard could show failed imports.'],
    ['FEATURE_REQUEST', 'As an administrator, I want to revoke a token at once.'],
    ['FEATURE_REQUEST', 'Please add an option to hide archived projects.'],
    ['PROBLEM_STATEMENT', 'The importer keeps crashing on archives larger than 2 GB.'],
    ['PROBLEM_STATEMENT', 'The main problem is that clients lose events after a reconnect.'],
    ['PROBLEM_STATEMENT', 'Our search is painfully slow for long queries.'],
    ['PROBLEM_STATEMENT', 'Why does my build keep failing with an out of memory error?'],
    ['SOLUTION_APPROACH', 'We can avoid the race by taking an advisory lock per conversation.'],
    ['SOLUTION_APPROACH', 'The simplest fix would be a composite index on tenant and time.'],
    ['SOLUTION_APPROACH', "I'd suggest splitting the archive before it is parsed."],
    ['TECHNICAL_DECISION', "Let's go with PostgreSQL instead of MongoDB."],
    ['TECHNICAL_DECISION', 'We decided to keep the event log in the relational database.'],
    ['TECHNICAL_DECISION', "We'll use keyset pagination because offsets get slow."],
    ['TECHNICAL_DECISION', "We won't support Internet Explorer in the first version."],
    ['LEARNING_MOMENT', 'It turns out that the driver opens a connection per request.'],
    ['LEARNING_MOMENT', "I didn't know that Weaviate indexes vectors asynchronously."],
    ['LEARNING_MOMENT', 'Profiling showed that most of the time goes into JSON parsing.'],
    ['INCOMPLETE_IDEA', "might also swap the wifi card, haven't looked into which ones fit"],
    ['INCOMPLETE_IDEA', 'One thought, maybe a shorter newsletter for the busy readers.'],
    ['FEATURE_REQUEST', 'Marketing wants to see a reason per customer next to the score.'],
    ['FEATURE_REQUEST', "The packing software should beep when the weight doesn't match."],
    ['PROBLEM_STATEMENT', 'the extractor fan is so loud that nobody turns it on'],
    ['PROBLEM_STATEMENT', 'Our open rate went from 41% to 22% since spring.'],
    ['PROBLEM_STATEMENT', 'The parser is slower than the old version in Python.'],
    ['SOLUTION_APPROACH', 'I upgraded the client to version 5 and memory is stable now.'],
    ['TECHNICAL_DECISION', 'going to leave the memory limit as it is'],
    ['TECHNICAL_DECISION', 'For the tiles we are taking the large ones, fewer joints.'],
    ['TECHNICAL_DECISION', "We'll skip the forum because moderation is too much work."],
    ['LEARNING_MOMENT', 'What strikes me in the data is that nurses hardly ever talk about pay.'],
    ['LEARNING_MOMENT', 'The trace shows that most of the time is spent in one schema.'],
  ])('%s: %s', (type, text) => {
    expect(typeOf(text)).toBe(type);
  });

  test.each([
    ['a request to the assistant', 'Can you explain how photosynthesis works in simple terms?'],
    ['work for the assistant', 'Write a function that sorts a list of numbers.'],
    ['politeness', 'Thanks, that is perfect, have a great weekend!'],
    ['no problem', 'There is no problem with the new importer at all.'],
    ['a hypothetical failure', 'If the upload fails, the client simply sends the file again.'],
    ['a decision not taken', 'Before the release somebody has to choose a licence for the docs.'],
    ['nothing of substance', 'It would be nice to have that.'],
    ['plain narration', 'Yesterday the whole team went to the lake after lunch.'],
    ['a factual question', 'What is the capital of the federal state of Hesse?'],
    ['an offer', 'Would you like me to write the migration for the new table?'],
    ['only code', '`we decided to use redis`'],
    ['words of others', 'My colleague\'s first line reads "We decided to use Redis because it keeps crashing".'],
  ])('no item: %s', (_, text) => {
    expect(typeOf(text)).toBeNull();
  });

  test('a hedge alone is weaker than a clear cue', () => {
    const of = (text: string) => judge(sentencesOf(text)[0]!)?.confidence ?? 0;
    expect(of('We decided to keep the event log in the relational database.')).toBeGreaterThan(0.7);
    expect(of('We might want to rotate the signing keys of the gateway.')).toBeLessThan(0.5);
  });
});
