import { region } from './s3/bucket.ts';

/** The services whose client the product does not need: a call by their JSON protocol is enough. */
const services = {
  sqs: { target: 'AmazonSQS', type: 'application/x-amz-json-1.0' },
  events: { target: 'AWSEvents', type: 'application/x-amz-json-1.1' },
} as const;

/** Calls the stand-in, which checks no signature but wants to know the service. */
export async function awsCall<T>(
  url: string,
  service: keyof typeof services,
  action: string,
  body: unknown,
): Promise<T> {
  const { target, type } = services[service];
  const scope = `test/20260101/${region}/${service}/aws4_request`;
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': type,
      'x-amz-target': `${target}.${action}`,
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`Cannot ${service} ${action}: ${response.status}: ${text}`);
  return (text === '' ? {} : JSON.parse(text)) as T;
}
