import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { s3Environment } from './environment.ts';

export interface S3Options {
  /** http(s) address of a server that is not Amazon's. Its buckets are addressed by path: such servers seldom have a name per bucket. */
  endpoint?: string;
  region?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  /** Milliseconds until a connection stands; 5,000 by default. */
  connectMs?: number;
  /** Milliseconds without a byte in either direction after which a request has failed; 20,000 by default. */
  silenceMs?: number;
  /** Milliseconds after which an unfinished upload counts as abandoned; a day by default. */
  abandonedMs?: number;
}

/** How long a server may be silent. Longer than a pause of its machine, shorter than anybody's patience. */
const SILENCE_MS = 20_000;
const CONNECT_MS = 5_000;

/**
 * A client with the SDK's own chain of credentials (environment, profiles, web identity, instance roles), its retries
 * and their variables: operators know these from every other program, and roles refresh themselves.
 */
export function createClient(options: S3Options): S3Client {
  const environment = s3Environment();
  const endpoint = options.endpoint ?? environment.endpoint;
  // Amazon's regions differ; other servers mostly have one, and the signature needs any name.
  const region = options.region ?? environment.region ?? (endpoint === undefined ? undefined : 'us-east-1');
  const config: S3ClientConfig = {
    requestHandler: {
      connectionTimeout: options.connectMs ?? CONNECT_MS,
      socketTimeout: options.silenceMs ?? SILENCE_MS,
    },
    // Objects are read in ranges and resumed in the middle, where a checksum of the whole says nothing; and the SDK's
    // checking stream does not pass on that its source broke.
    responseChecksumValidation: 'WHEN_REQUIRED',
  };
  if (endpoint !== undefined) Object.assign(config, { endpoint, forcePathStyle: true });
  if (region !== undefined) config.region = region;
  if (options.credentials !== undefined) config.credentials = options.credentials;
  return new S3Client(config);
}
