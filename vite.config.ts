import devServer from '@hono/vite-dev-server'
import legacy from '@vitejs/plugin-legacy'
import vue from '@vitejs/plugin-vue'
import ElementPlus from 'unplugin-element-plus/vite'
import { defineConfig } from 'vitest/config'

export default defineConfig(({ isSsrBuild, mode }) => ({
  root: 'web',
  plugins: [
    vue(),
    ElementPlus({}),
    ...(isSsrBuild || mode === 'test'
      ? []
      : [legacy({ targets: ['chrome >= 78'], modernTargets: ['chrome >= 100'], modernPolyfills: true })]),
    devServer({
      entry: '../server/dev.ts',
      exclude: [/^\/(?!api\/).*/],
      injectClientScript: false,
    }),
  ],
  define: { __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false },
  build: {
    outDir: isSsrBuild ? '../dist/server' : '../dist/web',
    emptyOutDir: true,
    target: isSsrBuild ? 'node20' : undefined,
    chunkSizeWarningLimit: 900,
    rolldownOptions: isSsrBuild
      ? { input: { main: 'server/main.ts', 'workbook-worker': 'server/exchange/workbook-worker.ts' } }
      : {},
  },
  ssr: { noExternal: ['hono', 'kysely', 'zod'] },
  test: {
    projects: [
      {
        extends: true,
        root: import.meta.dirname,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**'],
          environment: 'node',
        },
      },
      {
        extends: true,
        root: import.meta.dirname,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['test/browser/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['server/assessment/**/*.ts'],
      thresholds: { branches: 100 },
      reportsDirectory: '../coverage',
    },
  },
}))
