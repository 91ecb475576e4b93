import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { Report } from '@apollo/usage-reporting-protobuf';

interface SchemaReport {
  report: { graphRef: string; coreSchemaHash: string };
  coreSchema: string | null;
}

export interface Studio {
  url: string;
  /** Usage reports, in the order of their arrival. */
  usage: { headers: IncomingHttpHeaders; report: Report }[];
  schemas: SchemaReport[];
  /** What it answers usage reports. */
  status: number;
  /** Says, as for a graph of subgraphs, that it takes no such schema. */
  refusesSchemas: boolean;
  close(): Promise<void>;
}

/** Apollo's two addresses for reports, with what they do with them: one decodes, the other asks for the schema's text. */
export async function startStudio(): Promise<Studio> {
  const studio = {
    usage: [] as Studio['usage'],
    schemas: [] as SchemaReport[],
    status: 200,
    refusesSchemas: false,
  };

  function takeUsage(headers: IncomingHttpHeaders, body: Buffer): object {
    studio.usage.push({ headers, report: Report.decode(gunzipSync(body)) });
    return {};
  }

  function takeSchema(body: Buffer): object {
    const { variables } = JSON.parse(body.toString()) as { variables: SchemaReport };
    studio.schemas.push(variables);
    const reportSchema = studio.refusesSchemas
      ? { __typename: 'ReportSchemaError', code: 'REFUSED', message: 'This graph has subgraphs.' }
      : { __typename: 'ReportSchemaResponse', inSeconds: 0, withCoreSchema: variables.coreSchema === null };
    // Apollo asks again within minutes; here a schema that was sent in full is not asked for again.
    if (!studio.refusesSchemas && variables.coreSchema !== null) Object.assign(reportSchema, { inSeconds: 3600 });
    return { data: { reportSchema } };
  }

  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const usage = request.url === '/api/ingress/traces';
    const answer = usage ? takeUsage(request.headers, body) : takeSchema(body);
    response.writeHead(usage ? studio.status : 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(studio, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}
