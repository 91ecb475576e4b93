/**
 * The two settings that the AWS SDK reads too but does not tell: whether the endpoint is somebody's own decides how
 * buckets are addressed, and whether a region must be named.
 */
export function s3Environment(): { endpoint: string | undefined; region: string | undefined } {
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  return {
    endpoint: AWS_ENDPOINT_URL_S3 || AWS_ENDPOINT_URL || undefined,
    region: AWS_REGION || AWS_DEFAULT_REGION || undefined,
  };
}
