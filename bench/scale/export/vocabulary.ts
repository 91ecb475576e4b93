/** Words and sentence forms of people who build software and talk about it. `{n}` and so on name the list to pick from. */
const words = (text: string): string[] => text.trim().split(/\s+/);

export const LISTS: Readonly<Record<string, readonly string[]>> = {
  n: words(`queue importer cache ledger gateway scheduler parser index session report invoice ticket upload archive worker
    migration dashboard token webhook renderer editor search export backup pipeline connector replica cluster container
    socket thread buffer cursor snapshot schema column table trigger policy tenant account customer reader writer router
    proxy balancer timer counter histogram alert log trace span metric budget quota limit lease lock bell event message
    conversation summary prompt model embedding vector graph node edge branch commit release review patch rollback
    document page form button dialog menu sidebar chart map camera sensor battery engine garden kitchen recipe journey
    lesson chapter poem melody budget contract deadline meeting interview workshop colleague neighbour teacher harbour`),
  a: words(`plain round noisy spare partial nested empty double hidden remote local nightly weekly strict lenient plain
    encrypted compressed signed cached lazy eager parallel serial idle busy stable robust tiny huge early
    late missing spare former current public private quiet bright gentle careful honest curious unexpected familiar
    expensive cheap readable obscure portable native virtual optional required regular`),
  v: words(`drops keeps retries copies renames splits joins counts measures blocks releases rejects accepts stores reads
    rewrites restarts delays replaces ignores resolves repeats flushes truncates validates publishes archives restores
    compares translates explains outlines improves simplifies`),
  i: words(`drop keep retry copy rename split join count measure block release reject accept store read rewrite restart
    delay replace ignore resolve repeat flush truncate validate publish archive restore compare translate explain
    outline improve simplify`),
  p: words('behind beside inside below above before after without through under near across'),
  t: words(`Monday Tuesday Wednesday Thursday Friday yesterday tomorrow tonight overnight today`),
  s: words(
    'ba be bo da de do fa fi ga go ha ka ke ki la le li lo ma me mi mo na ne no pa pe ra re ri ro sa se ta te ti va vi za zo',
  ),
};

/** What a person asks. */
export const QUESTIONS: readonly string[] = [
  'How can we {i} the {a} {n} {p} the {n} when #{d} users arrive on {t}?',
  'Why does the {n} of @ {v} the {a} {n} every {d} seconds?',
  'Which of the {d} forms of the {n} {v} the {a} {n} {p} the {n} of @?',
  'Please {i} this {a} {n} for @ and {i} the {n} as well.',
  'Since {t} the {n} {v} the {n} again, as it did {d} days ago.',
  'Could you {i} what we said about the {a} {n} and @?',
  'We have {d} of them, the oldest is {a} and the newest {v} the {n}.',
];

/** What is answered. */
export const STATEMENTS: readonly string[] = [
  'The {a} {n} {v} the {n}, so the {n} of @ cannot {i} anything {p} the {a} {n}.',
  'First {i} the {n}, then {i} the {a} {n}, and only then {i} the {n} {p} it.',
  'A {a} {n} that {v} the {n} is worth {d} minutes of {a} work on {t}.',
  'Nothing {v} the {n} {p} the {n} unless the {a} {n} of {t} is there too.',
  'The {a} {n} takes {d} rows, the {n} of @ takes {d}, and both write to the {n} {p} the {n}.',
  'On {t} the {n} read {d} pages of the {a} {n}, and @ read the other {d}.',
  'There are {d} ways to {i} a {n}; the {a} one is to {i} it {p} the {n} of @.',
  'If the {n} is {a}, {i} it; if it is {a}, {i} the {n} of @ instead and compare {d} runs.',
  'In short: {i} the {n}, {i} the {n}, and leave the {a} {n} where it is.',
  'Measured on {t}, the {n} took {d} milliseconds and the {a} {n} took {d}.',
  'It’s the {a} {n} – not the {n} – that {v} the “{a} {n}” for €{d}.',
  'Das {n} läuft für @ über Nacht; ça marche très bien with {d} {a} parts 🚀.',
];

/** What is worth remembering, and rare: decisions, problems, wishes, lessons. */
export const REMARKS: readonly string[] = [
  'I wonder whether the {n} should {i} the {n} or {i} it {p} the {a} {n}.',
  'The {n} {v} the {n} again, and I lost {d} rows of work on {t}.',
  'It would be great if the {n} could {i} the {a} {n} {p} the {n}.',
  'We decided to {i} the {n} because the {a} {n} {v} {d} rows per second at most.',
  'The problem is that the {n} {v} the {a} {n} whenever @ is {a}.',
  'I learned that a {n} needs a {a} {n}: without it the {n} {v} the whole {n}.',
  'The fix is to {i} the {n} by {d} percent and to {i} the {a} {n} of @.',
  'Maybe the {n} could {i} the {n} someday, but nobody knows how the {a} {n} behaves.',
  'Before we {i} the {n} we need the {a} {n}, which depends on the {n} of @.',
];
