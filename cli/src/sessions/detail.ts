import { isTerminal } from '../operations/session.ts';
import type { SessionDetail, SessionStage } from '../operations/session-detail.ts';
import type { Output } from '../output.ts';
import { bytes, count, counted, duration, percent } from '../presentation/format.ts';
import { table } from '../presentation/table.ts';
import { nextStep } from './next-step.ts';

type Style = Output['style'];

/** Everything that there is to say about one session. */
export function detailLines(session: SessionDetail, style: Style): string[] {
  return [
    `${style('bold', session.id)}  ${style(statusStyle(session), session.status)}  ${percent(session.fraction)}`,
    ...factLines(session),
    ...stateLines(session, style),
    '',
    ...table(STAGE_COLUMNS, stageRows(session)),
    '',
    ...table(COUNT_COLUMNS, countRows(session)),
    ...issueLines(session, style),
  ];
}

function factLines(session: SessionDetail): string[] {
  const { archive, platform, messagesPerSecond, bytesPerSecond } = session;
  const rates = [
    messagesPerSecond === null ? null : `${count(messagesPerSecond)} messages/s`,
    bytesPerSecond === null ? null : `${bytes(Math.round(bytesPerSecond))}/s`,
  ].filter((rate) => rate !== null);
  const times = [`asked for ${moment(session.createdAt)}`];
  if (session.startedAt) times.push(`begun ${moment(session.startedAt)}`);
  if (session.completedAt) times.push(`ended ${moment(session.completedAt)}`);
  if (session.seconds !== null) times.push(`${duration(session.seconds)} in all`);
  if (session.retries > 0) times.push(`taken up again ${counted(session.retries, 'time')}`);
  return [
    `  file   ${archive.fileName}, ${bytes(archive.byteSize)}${platform ? `, ${platform.displayName}` : ''} (${archive.id})`,
    `  time   ${times.join(', ')}`,
    ...(rates.length > 0 ? [`  read   ${rates.join(', ')}`] : []),
  ];
}

function stateLines(session: SessionDetail, style: Style): string[] {
  const lines: string[] = [];
  if (session.waitingFor) lines.push(style('yellow', `  waits  for ${session.waitingFor}`));
  if (session.errorCode) lines.push(style('red', `  error  ${session.errorCode}: ${session.errorMessage ?? ''}`));
  const next = nextStep(session);
  if (next !== null) lines.push(`  next   ${next}`);
  return lines;
}

const STAGE_COLUMNS = [
  { heading: 'stage' },
  { heading: 'done', numeric: true },
  { heading: 'of', numeric: true },
  { heading: 'time', numeric: true },
  { heading: 'per second', numeric: true },
  { heading: 'state' },
];

function stageRows({ stages, status }: SessionDetail): string[][] {
  return stages.map((stage) => [...stageCells(stage), stageState(stage, isTerminal(status))]);
}

function stageCells(stage: SessionStage): string[] {
  const rate = stage.seconds && stage.done > 0 ? stage.done / stage.seconds : null;
  return [
    stage.stage,
    count(stage.done),
    stage.total === null ? '-' : count(stage.total),
    stage.seconds === null ? '-' : preciseDuration(stage.seconds),
    rate === null ? '-' : rate < 10 ? rate.toFixed(1) : count(rate),
  ];
}

function stageState({ startedAt, finishedAt, waitingFor, failures }: SessionStage, ended: boolean): string {
  if (finishedAt) return 'finished';
  const broken = failures > 0 ? `, broke off ${counted(failures, 'time')}` : '';
  if (waitingFor && !ended) return `waits for ${waitingFor}${broken}`;
  return `${startedAt ? (ended ? 'stopped' : 'under way') : 'not begun'}${broken}`;
}

const COUNT_COLUMNS = [
  { heading: '' },
  { heading: 'all', numeric: true },
  { heading: 'new', numeric: true },
  { heading: 'changed', numeric: true },
  { heading: 'unchanged', numeric: true },
  { heading: 'absent', numeric: true },
];

function countRows(session: SessionDetail): string[][] {
  return [
    [
      'conversations',
      count(session.conversationCount),
      count(session.newConversationCount),
      count(session.changedConversationCount),
      count(session.unchangedConversationCount),
      '',
    ],
    [
      'messages',
      count(session.messageCount),
      count(session.newMessageCount),
      count(session.changedMessageCount),
      count(session.unchangedMessageCount),
      count(session.absentMessageCount),
    ],
    ['attachments', count(session.attachmentCount), '', '', '', ''],
    ['items', count(session.itemCount), '', '', '', ''],
  ];
}

function issueLines({ issueCount, issueCounts, issues }: SessionDetail, style: Style): string[] {
  if (issueCount === 0) return [];
  const lines = ['', style('yellow', `${counted(issueCount, 'record')} not read as expected`)];
  for (const { code, count: number } of issueCounts) lines.push(`  ${count(number).padStart(9)} × ${code}`);
  for (const { code, location, message } of issues) lines.push(`  ${code} at ${location}: ${message}`);
  if (issueCount > issues.length)
    lines.push(`  and ${count(issueCount - issues.length)} more; --issues shows up to 100`);
  return lines;
}

function statusStyle({ status }: SessionDetail): 'green' | 'red' | 'yellow' | 'bold' {
  if (status === 'COMPLETED') return 'green';
  if (status === 'FAILED') return 'red';
  return status === 'CANCELLED' ? 'yellow' : 'bold';
}

/** Stages of small archives take less than a second. */
function preciseDuration(seconds: number): string {
  return seconds < 60 ? `${seconds.toFixed(1)} s` : duration(seconds);
}

function moment(time: string): string {
  return `${time.slice(0, 19).replace('T', ' ')} UTC`;
}
