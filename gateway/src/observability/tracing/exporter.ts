import type { Log } from '@colloquy/service';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import type { SpanExporter } from '@opentelemetry/sdk-trace';

const QUIET_MILLISECONDS = 60_000;
const EXPORT_MILLISECONDS = 5000;

/** Sends spans to a collector as OTLP over HTTP. Spans that cannot be sent are lost, which is logged once a minute. */
export function createExporter(options: { endpoint: string; headers: Record<string, string>; log: Log }): SpanExporter {
  const { endpoint, headers, log } = options;
  const exporter = new OTLPTraceExporter({ url: endpoint, headers, timeoutMillis: EXPORT_MILLISECONDS });
  let lost = 0;
  let quietUntil = 0;

  function report(spans: number, error: Error | undefined): void {
    lost += spans;
    if (Date.now() < quietUntil) return;
    log.warn({ err: error, lost }, 'spans could not be sent to the collector');
    lost = 0;
    quietUntil = Date.now() + QUIET_MILLISECONDS;
  }

  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        if (result.error) report(spans.length, result.error);
        done(result);
      });
    },
    forceFlush: () => exporter.forceFlush(),
    shutdown: () => exporter.shutdown(),
  };
}
