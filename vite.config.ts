import devServer from '@hono/vite-dev-server'
import legacy from '@vitejs/plugin-legacy'
import vue from '@vitejs/plugin-vue'
import ElementPlus from 'unplugin-element-plus/vite'
import { compression } from 'vite-plugin-compression2'
import { defineConfig } from 'vitest/config'

const forBrowsers = [
  legacy({ renderLegacyChunks: false, modernTargets: ['chrome >= 78'], modernPolyfills: true }),
  compression({ algorithms: ['gzip', 'brotliCompress'], exclude: [/\.(png|woff2?)$/] }),
  devServer({
    entry: `${import.meta.dirname}/server/dev.ts`,
    exclude: [/^\/(?!api\/).*/],
    injectClientScript: false,
  }),
]

export default defineConfig(({ isSsrBuild, mode }) => ({
  root: 'web',
  plugins: [vue(), ElementPlus({}), ...(isSsrBuild || mode === 'test' ? [] : forBrowsers)],
  define: { __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false },
  build: {
    outDir: isSsrBuild ? '../dist/server' : '../dist/web',
    emptyOutDir: true,
    copyPublicDir: !isSsrBuild,
    target: isSsrBuild ? 'node20' : undefined,
    chunkSizeWarningLimit: 900,
    rolldownOptions: isSsrBuild
      ? {
          input: {
            main: 'server/main.ts',
            'workbook-worker': 'server/exchange/workbook/workbook-worker.ts',
            'report-worker': 'server/exchange/report-text/report-worker.ts',
          },
        }
      : {},
  },
  ssr: { noExternal: ['hono', 'kysely', 'zod'] },
  test: {
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        root: import.meta.dirname,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**'],
          environment: 'node',
          // What a file loads stays loaded for the next: no test changes a module's state for another.
          isolate: false,
          globalSetup: ['test/fixtures/postgres-setup.ts'],
          testTimeout: 20_000,
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
      reporter: ['text-summary'],
      reportsDirectory: '../coverage',
    },
    reporters: ['default', './test/closing-line.ts'],
  },
}))
