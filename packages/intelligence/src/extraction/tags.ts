import type { PartOfSpeech } from 'wink-nlp';
import { languageModel } from '../text/language-model.ts';
import { maskInline, stripListMarker } from '../text/masks.ts';
import { STOPWORDS } from '../text/stopwords.ts';

const MAX_TAGS = 8;
const MAX_WORDS = 3;
const CODE_NAME = /`([@\w][\w.@/:-]{1,38})`/g;
/** Names of technologies by their spelling: `GraphQL`, `Node.js`, `C++`, `HTTP/2`, `gpt-4`. */
const SPELT_NAME =
  /(?<![\w/])(?:[A-Za-z]+(?:\.(?:js|io|ts|py|rs|net|dev|ai)\b)|[A-Z]{2,6}\d*s?\b|[A-Z][a-z]+(?:[A-Z][a-z]*)+\d*|[a-z]+[A-Z]\w+|C\+\+|C#|F#|[A-Za-z]+-\d[\w.]*|[A-Z]+\/\d)/g;
const KNOWN = new Set(
  `airflow android angular ansible apache aws azure bash bigquery cassandra celery circleci clickhouse cloudflare css
  cypress dagster databricks dbt deno django docker dynamodb elasticsearch electron elixir express fastapi figma firebase
  flask flink flutter gcp git github gitlab go golang grafana graphite graphql grpc hadoop haskell helm heroku html ios
  istio java javascript jenkins jest jwt kafka keycloak kotlin kubernetes lambda laravel linux llm lucene macos mariadb
  memcached minio mongodb mqtt mysql nats neo4j netlify nextjs nginx node numpy oauth opensearch oracle pandas parquet
  pgvector php pinecone playwright postgres postgresql prisma prometheus protobuf pulsar puppeteer pytest python pytorch
  qdrant rabbitmq rails react redis redux rest ruby rust s3 sidekiq snowflake spark splunk sql sqlite supabase svelte
  swift tailwind temporal tensorflow terraform trpc typescript vercel vite vue wasm weaviate webpack websocket websockets
  windows wordpress yaml zod zookeeper`
    .trim()
    .split(/\s+/),
);
const DULL = new Set(
  `bit case couple deal fact half hour idea issue item kind line lot matter minute moment morning number one part people
  person piece problem question reason second side sort stuff talk thing time today tomorrow type user version way week
  work yeah year day okay guy sense point end start name look something anything everything nothing someone everyone
  example place solution approach option choice feature request decision disfmarker vocalsound gap pause ok yes i it we
  bunch set rest top bottom amount level chance mind hand word order course hmm uh um mm-hmm yep wow hey oh`
    .trim()
    .split(/\s+/),
);

interface Candidate {
  weight: number;
  at: number;
}

type Candidates = Map<string, Candidate>;

function propose(candidates: Candidates, phrase: string, weight: number, at: number): void {
  const tag = phrase.toLowerCase();
  if (tag.length < 2 || tag.length > 40 || STOPWORDS.has(tag) || DULL.has(tag)) return;
  const known = candidates.get(tag);
  if (known) known.weight += 0.5;
  else candidates.set(tag, { weight, at });
}

/** Longest runs of adjectives and nouns that end in a noun, without words that say nothing. */
function proposeNounPhrases(candidates: Candidates, prose: string): void {
  const { readDoc, its } = languageModel();
  const tokens = readDoc(prose).tokens();
  const words: string[] = tokens.out(its.value) as string[];
  const parts: PartOfSpeech[] = tokens.out(its.pos) as PartOfSpeech[];
  let run: { word: string; part: PartOfSpeech }[] = [];
  const close = (at: number) => {
    while (run.length > 0 && run.at(-1)?.part === 'ADJ') run.pop();
    const kept = run.slice(-MAX_WORDS);
    if (kept.length > 0) {
      const weight = kept.some(({ word }) => KNOWN.has(word)) ? 3 : kept.length > 1 ? 2 : 1;
      propose(candidates, kept.map(({ word }) => word).join(' '), weight, at);
    }
    run = [];
  };
  for (const [at, value] of words.entries()) {
    const part = parts[at] ?? 'X';
    const word = value.toLowerCase();
    const nominal = part === 'NOUN' || part === 'PROPN' || part === 'ADJ';
    const telling = /^[\p{L}\p{N}][\p{L}\p{N}'+#-]+$/u.test(word) && !STOPWORDS.has(word) && !DULL.has(word);
    if (nominal && telling) run.push({ word, part });
    else close(at);
  }
  close(words.length);
}

function covered(tag: string, chosen: readonly string[]): boolean {
  return chosen.some((other) => ` ${other} `.includes(` ${tag} `) || ` ${tag} `.includes(` ${other} `));
}

/** At most eight lower-case key phrases and technology names, the most telling first. */
export function tagsOf(content: string): string[] {
  const candidates: Candidates = new Map();
  for (const match of content.matchAll(CODE_NAME)) propose(candidates, match[1] ?? '', 2.5, match.index);
  const prose = maskInline(content.split('\n').map(stripListMarker).join(' ')).replace(/\{[a-z]+\}/g, ' ');
  for (const match of prose.matchAll(SPELT_NAME)) propose(candidates, match[0], 3, match.index);
  proposeNounPhrases(candidates, prose);
  const ranked = [...candidates].sort(([a, x], [b, y]) => y.weight - x.weight || x.at - y.at || (a < b ? -1 : 1));
  const chosen: string[] = [];
  for (const [tag] of ranked) {
    if (chosen.length === MAX_TAGS) break;
    if (!covered(tag, chosen)) chosen.push(tag);
  }
  return chosen;
}
