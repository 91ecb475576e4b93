import type { Histogram, Metrics } from '@colloquy/service';

const BOUNDS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The durations of one combination of labels. */
export class DurationSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly counts: number[] = new Array<number>(BOUNDS.length + 1).fill(0);
  sum = 0;

  constructor(labels: Readonly<Record<string, string>>) {
    this.labels = labels;
  }

  observeMilliseconds(milliseconds: number): void {
    const seconds = milliseconds / 1000;
    let bucket = 0;
    while (bucket < BOUNDS.length && seconds > (BOUNDS[bucket] as number)) bucket++;
    this.counts[bucket] = (this.counts[bucket] as number) + 1;
    this.sum += seconds;
  }
}

interface Sample {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * A histogram of durations for places that every request passes a dozen times. prom-client's own looks its labels up
 * by a text made for each observation, which takes thirty times as long as an observation here: whoever observes holds
 * on to the series.
 */
export class DurationHistogram {
  readonly type = 'histogram';
  readonly aggregator = 'sum';
  readonly name: string;
  readonly help: string;
  private readonly all: DurationSeries[] = [];

  constructor(options: { name: string; help: string; metrics: Metrics }) {
    this.name = options.name;
    this.help = options.help;
    // The registry asks a metric for its name and its samples, and its type names prom-client's own classes.
    options.metrics.registry.registerMetric(this as unknown as Histogram);
  }

  /** A new series. Make one per combination of labels. */
  series(labels: Readonly<Record<string, string>>): DurationSeries {
    const series = new DurationSeries(labels);
    this.all.push(series);
    return series;
  }

  /** What the registry shows; a series without observations is left out. */
  async get(): Promise<{ name: string; help: string; type: string; aggregator: string; values: Sample[] }> {
    const { name, help, type, aggregator } = this;
    return { name, help, type, aggregator, values: this.all.flatMap((series) => samples(name, series)) };
  }

  reset(): void {
    for (const series of this.all) {
      series.counts.fill(0);
      series.sum = 0;
    }
  }
}

function samples(name: string, { labels, counts, sum }: DurationSeries): Sample[] {
  let total = 0;
  const buckets = counts.map((count, index) => {
    total += count;
    return { metricName: `${name}_bucket`, labels: { ...labels, le: String(BOUNDS[index] ?? '+Inf') }, value: total };
  });
  if (total === 0) return [];
  return [
    ...buckets,
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: total },
  ];
}
