// Serves the page while it is edited, with the made-up node behind it, or the
// one that ROOKERY_ADMIN names, such as http://127.0.0.1:9080.
import { createServer } from 'vite';
import { startMock } from './mock.mjs';

const target = process.env.ROOKERY_ADMIN
  ?? `http://127.0.0.1:${(await startMock()).port}`;
// Remove the browser's origin: a node answers only its own pages.
const forward = { target, changeOrigin: true, ws: true,
  configure: (proxy) => {
    const withoutOrigin = (request) => request.removeHeader('origin');
    proxy.on('proxyReq', withoutOrigin);
    proxy.on('proxyReqWs', withoutOrigin);
  } };
const server = await createServer({ server: { host: '127.0.0.1',
  proxy: { '/api': forward, '/live': forward } } });
await server.listen();
server.printUrls();
