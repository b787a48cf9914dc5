// A token for clients of the Centrifuge protocol, signed with HS256.
import { createHmac } from 'node:crypto';

/** The key for the node's `token.hmac-secrets`; it protects only the benchmark.
 * */
export const secret = 'rookery-benchmark-secret-of-32-bytes-or-more';

const encoded = (bytes) => Buffer.from(bytes).toString('base64url');

/** The same length as a token of a backend that numbers its users by UUID. */
const claims = { sub: '2b1f5c9e-8d34-4f0a-9a7e-6c1d2e3f4a5b', exp: 4e9 };

export function makeToken() {
  const text = [{ alg: 'HS256', typ: 'JWT' }, claims]
    .map((part) => encoded(JSON.stringify(part))).join('.');
  const signature = createHmac('sha256', secret).update(text).digest();
  return `${text}.${encoded(signature)}`;
}
