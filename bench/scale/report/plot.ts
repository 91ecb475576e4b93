import { LIMITS, type Report } from './report.ts';

const WIDTH = 860;
const HEIGHT = 420;
const LEFT = 90;
const RIGHT = 170;
const TOP = 40;
const BOTTOM = 50;
const COLOURS = { import: '#0b6e4f', copy: '#5c6b73', limit: '#c9ada7' };

interface Line {
  name: string;
  colour: string;
  /** Seconds and messages, from the start on. */
  points: readonly (readonly [number, number])[];
}

/** Messages stored over time, of the last round: our import, COPY, and as slow as the limit allows. Null without rounds. */
export function drawPlot({ large }: Report): string | null {
  const round = large?.rounds.at(-1);
  if (!round) return null;
  const { messages, seconds, surveySeconds, tenthsAfterSeconds } = round.import;
  const stored = tenthsAfterSeconds.map((after, index) => [after, ((index + 1) / 10) * messages] as const);
  const straight = (end: number) => [[0, 0] as const, [end, messages] as const];
  const lines: Line[] = [
    { name: `COPY, ${round.copy.seconds.toFixed(0)} s`, colour: COLOURS.copy, points: straight(round.copy.seconds) },
    {
      name: `limit, ${LIMITS.ratioToCopy} times COPY`,
      colour: COLOURS.limit,
      points: straight(LIMITS.ratioToCopy * round.copy.seconds),
    },
    {
      name: `import, ${seconds.toFixed(0)} s`,
      colour: COLOURS.import,
      points: [[0, 0], [surveySeconds ?? 0, 0], ...stored, [seconds, messages]],
    },
  ];
  const end = Math.max(...lines.flatMap(({ points }) => points.map(([second]) => second)));
  const x = (second: number) => LEFT + (second / end) * (WIDTH - LEFT - RIGHT);
  const y = (count: number) => HEIGHT - BOTTOM - (count / messages) * (HEIGHT - TOP - BOTTOM);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    '<title>Messages stored over time</title>',
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>`,
    text(LEFT, 22, 'Messages stored over time', 'start'),
    `<path d="M${LEFT} ${TOP}V${HEIGHT - BOTTOM}H${WIDTH - RIGHT}" fill="none" stroke="#222"/>`,
    ...[0, 0.5, 1].map((share) => text(LEFT - 8, y(share * messages) + 4, String(Math.round(share * messages)), 'end')),
    ...[0, 0.5, 1].map((share) => text(x(share * end), HEIGHT - BOTTOM + 18, `${Math.round(share * end)} s`, 'middle')),
    ...lines.flatMap((line, index) => [
      `<polyline points="${line.points.map(([second, count]) => `${x(second).toFixed(1)},${y(count).toFixed(1)}`).join(' ')}" fill="none" stroke="${line.colour}" stroke-width="2"/>`,
      `<rect x="${WIDTH - RIGHT + 12}" y="${TOP + index * 22 - 9}" width="14" height="4" fill="${line.colour}"/>`,
      text(WIDTH - RIGHT + 32, TOP + index * 22, line.name, 'start'),
    ]),
    '</svg>\n',
  ].join('\n');
}

function text(x: number, y: number, content: string, anchor: string): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" fill="#222">${content}</text>`;
}
