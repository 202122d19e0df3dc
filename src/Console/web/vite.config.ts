import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// While the client is being worked on, a node at this address answers what the page asks.
const node = 'http://localhost:8080';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: '../Host/wwwroot',
    emptyOutDir: true,
    // An asset inlined as a data: address would be refused by the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One page, loaded once for a shift, from the node beside it.
    chunkSizeWarningLimit: 1000,
  },
  server: {
    port: 5173,
    proxy: { '/api': node, '/live': { target: node, ws: true } },
  },
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    environment: 'node',
    restoreMocks: true,
    // The component tests draw the whole page; a busy machine takes seconds for one.
    testTimeout: 30_000,
  },
});
