import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compress } from './compress.plugin.js';

/** Where `npm start` is; `vite` alone serves the sources and passes the API on. */
const GATEWAY = 'http://localhost:4000';

/** Parts that most pages have, in one file: each by itself would be compressed without the others. */
const SMALL = {
  name: 'small',
  test: /console.src.(?:components.(?:as-of|attention|data-table|health-badge|provider-icon|relative|relative-time|sorted|status-badge|tone-badge|use-providers|use-relative|use-steps)|auth.may)\.\w+$/,
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compress()],
  build: {
    outDir: '../../dist/apps/console',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0, // the content security policy allows no data: scripts or fonts
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000, // test/console/bundle.console-spec.ts says how much may be loaded at first
    manifest: true,
    rolldownOptions: { output: { codeSplitting: { groups: [SMALL] } } },
  },
  server: {
    port: 4010,
    fs: { allow: ['../..'] }, // docs/ has the receivers that the event catalog shows
    proxy: { '/api': GATEWAY, '/console-config.json': GATEWAY },
  },
});
