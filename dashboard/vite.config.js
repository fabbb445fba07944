import { defineConfig } from 'vite';

export default defineConfig({
  // Files name each other relative to themselves, so that the app works under a prefix; the service writes it into the page.
  base: './',
  build: { target: 'es2023', modulePreload: { polyfill: false }, chunkSizeWarningLimit: 700, assetsInlineLimit: 0 },
  oxc: { jsx: { runtime: 'automatic' } },
  plugins: [
    {
      name: 'prefix',
      enforce: 'post',
      transformIndexHtml: (html) =>
        html.replaceAll(/(src|href)="\.\/assets\//g, '$1="%PREFIX%/app/assets/').replaceAll(' crossorigin', ''),
    },
  ],
});
