import type { Output } from '../output.ts';
import { bytes, clip, clipPath, count, counted, duration, percent } from '../presentation/format.ts';
import type { ProgressState } from './state.ts';

type Style = Output['style'];

const WIDEST_BAR = 30;
const NARROWEST_BAR = 8;
/** Columns that percent, stage, numbers, rate and time left take beside label and bar. */
const REST_OF_LINE = 52;
const LABEL_WIDTH = 24;

/** Two lines for a terminal: the bar with what is being done, and below it the counts or what is waited for. */
export function renderBar(state: ProgressState, columns: number, style: Style): string[] {
  const label = clip(state.label, LABEL_WIDTH).padEnd(LABEL_WIDTH);
  const width = Math.max(NARROWEST_BAR, Math.min(WIDEST_BAR, columns - LABEL_WIDTH - REST_OF_LINE));
  const head = `${label} ${bar(state.fraction, width, style)} ${percent(state.fraction).padStart(5)}  `;
  const indent = ' '.repeat(LABEL_WIDTH + 1);
  return [head + activity(state, style), indent + below(state, style)];
}

const ROW_BAR = 16;
/** Columns that percent and activity take beside label and bar of a row. */
const REST_OF_ROW = 50;

/** One line for a terminal, for when many things are under way at once. */
export function renderRow(state: ProgressState, columns: number, style: Style): string {
  const width = labelWidth(columns);
  const waits = state.waitingFor ? style('yellow', ` · waits for ${state.waitingFor}`) : '';
  return `${clipPath(state.label, width).padEnd(width)} ${meter(state.fraction, style)} ${activity(state, style)}${waits}`;
}

/** The line below such rows: how far all of them are together. */
export function renderTotal(label: string, fraction: number, text: string, columns: number, style: Style): string {
  const width = labelWidth(columns);
  return `${style('bold', clip(label, width).padEnd(width))} ${meter(fraction, style)} ${text}`;
}

function labelWidth(columns: number): number {
  return Math.max(LABEL_WIDTH, Math.min(60, columns - ROW_BAR - REST_OF_ROW));
}

function meter(fraction: number, style: Style): string {
  return `${bar(fraction, ROW_BAR, style)} ${percent(fraction).padStart(5)} `;
}

/** The same facts on one line without control characters. */
export function renderLine(state: ProgressState): string {
  const plain: Style = (_style, text) => text;
  const tail = below(state, plain);
  return `${state.label}: ${percent(state.fraction)} ${activity(state, plain)}${tail ? `; ${tail}` : ''}`;
}

function bar(fraction: number, width: number, style: Style): string {
  const filled = Math.round(Math.min(1, Math.max(0, fraction)) * width);
  return style('cyan', '█'.repeat(filled)) + style('dim', '░'.repeat(width - filled));
}

function activity(state: ProgressState, style: Style): string {
  const amount = state.inBytes ? bytes : count;
  const parts = [style(statusStyle(state), stageName(state))];
  if (state.total) parts.push(`${amount(state.done)}/${amount(state.total)}`);
  if (state.rate && state.rate >= 0.05) parts.push(`${rateText(state.rate, state.inBytes)}/s`);
  if (state.etaSeconds !== null && state.etaSeconds > 0) parts.push(`${duration(state.etaSeconds)} left`);
  return parts.join(' · ');
}

function rateText(rate: number, inBytes: boolean): string {
  if (inBytes) return bytes(Math.round(rate));
  return rate < 10 ? rate.toFixed(1) : count(rate);
}

function stageName(state: ProgressState): string {
  return state.status === 'PENDING' || state.status === 'PROCESSING' ? state.stage : state.status;
}

function statusStyle(state: ProgressState): 'green' | 'red' | 'yellow' | 'bold' {
  if (state.status === 'COMPLETED') return 'green';
  if (state.status === 'FAILED') return 'red';
  return state.status === 'CANCELLED' || state.waitingFor ? 'yellow' : 'bold';
}

function below(state: ProgressState, style: Style): string {
  const parts: string[] = [];
  if (state.counts) {
    const { conversations, messages, items, issues } = state.counts;
    parts.push(counted(conversations, 'conversation'), counted(messages, 'message'), counted(items, 'item'));
    if (issues > 0) parts.push(style('yellow', counted(issues, 'issue')));
  }
  if (state.waitingFor) parts.push(style('yellow', `waits for ${state.waitingFor}`));
  return parts.join(' · ');
}
