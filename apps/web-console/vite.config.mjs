// Builds three files with fixed names, the same bytes from the same sources.
import { defineConfig } from 'vite';

/** Drop the crossorigin attributes: the page is served from one origin. */
const withoutCors = {
  name: 'without-cors',
  transformIndexHtml: { order: 'post',
    handler: (html) => html.replaceAll(' crossorigin', '') },
};

export default defineConfig({
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  plugins: [withoutCors],
  build: {
    target: 'es2021',
    modulePreload: { polyfill: false },
    sourcemap: false,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    rollupOptions: {
      output: {
        entryFileNames: 'console.js',
        assetFileNames: 'console[extname]',
        inlineDynamicImports: true,
      },
    },
  },
});
