import http from 'node:http';
import { within } from './deadline.mjs';

/**
 * One HTTP request to a loopback port: `{ status, headers, text }`. A body
 * that is an array of pieces is sent chunked.
 */
export function request(port, { host = '127.0.0.1', method = 'GET', path = '/',
  headers = {}, body, agent = false, localAddress } = {}) {
  const answer = new Promise((resolve, reject) => {
    const chunked = Array.isArray(body);
    const length = body === undefined || chunked
      ? {} : { 'Content-Length': Buffer.byteLength(body) };
    const outgoing = http.request({ host, port, method, path, agent,
      localAddress, headers: { ...length, ...headers } }, (response) => {
      const pieces = [];
      response.on('data', (piece) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => resolve({
        status: response.statusCode,
        headers: response.headers,
        text: Buffer.concat(pieces).toString(),
        json() {
          return JSON.parse(this.text);
        },
      }));
    });
    outgoing.on('error', reject);
    for (const piece of chunked ? body : []) outgoing.write(piece);
    outgoing.end(chunked ? undefined : body);
  });
  return within(answer, `${method} ${path}`);
}
