import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands between a function and S3, and can take the function's network away. */
export interface S3Proxy {
  readonly url: string;
  /** Lets so many requests through, and then none until it is mended. */
  breakAfter(requests: number): void;
  /** Requests for keys that match are never answered, or the connection is lost at each. */
  fail(how: 'never answered' | 'lost', keys: RegExp): void;
  /** Until another request is left without an answer. */
  unanswered(): Promise<void>;
  mend(): void;
  stop(): Promise<void>;
}

export async function startS3Proxy(target: string): Promise<S3Proxy> {
  let left = Number.POSITIVE_INFINITY;
  let failing: { readonly how: 'never answered' | 'lost'; readonly keys: RegExp } | null = null;
  let onUnanswered = () => {};
  const server = createServer((incoming, outgoing) => {
    left -= 1;
    const { method = 'GET', url = '/', headers } = incoming;
    const isFailing = failing?.keys.test(decodeURIComponent(url)) === true;
    if (isFailing && failing?.how === 'never answered') {
      onUnanswered();
      return;
    }
    if (left < 0 || isFailing) {
      incoming.socket.destroy();
      return;
    }
    const forwarded = request(new URL(url, target), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    breakAfter: (requests) => {
      left = requests;
    },
    fail: (how, keys) => {
      failing = { how, keys };
    },
    unanswered: () =>
      new Promise((resolve) => {
        onUnanswered = resolve;
      }),
    mend: () => {
      left = Number.POSITIVE_INFINITY;
      failing = null;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
