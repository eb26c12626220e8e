import { isBuiltin } from 'node:module'
import devServer from '@hono/vite-dev-server'
import legacy from '@vitejs/plugin-legacy'
import vue from '@vitejs/plugin-vue'
import ElementPlus from 'unplugin-element-plus/vite'
import { compression } from 'vite-plugin-compression2'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import packaged from './package.json' with { type: 'json' }
import { engineAbout } from './server/operation/proof-page/engine-about.ts'
import { oneFile } from './server/operation/proof-page/one-file.ts'

/** Commands that also run where there are no sources; the others build something. */
const commands = Object.fromEntries(
  Object.entries(packaged.scripts).flatMap(([name, script]) => {
    const [, source] = /^tsx (server\/cli\/[\w-]+\.ts)$/.exec(script) ?? []
    return source === undefined || ['start', 'demo', 'pack'].includes(name) ? [] : [[name, source]]
  }),
)

/** Writes down which packages the built server takes from node_modules, for `npm run pack`. */
const tellPackages: Plugin = {
  name: 'tell-packages',
  generateBundle(_, bundle) {
    const imported = Object.values(bundle).flatMap((chunk) =>
      chunk.type === 'chunk' ? [...chunk.imports, ...chunk.dynamicImports] : [],
    )
    const packages = imported
      .filter((name) => !(name in bundle) && !isBuiltin(name))
      .map((name) =>
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      )
    this.emitFile({
      type: 'asset',
      fileName: 'packages.json',
      source: JSON.stringify([...new Set(packages)].sort()),
    })
  },
}

const oldestBrowsers = () =>
  legacy({ renderLegacyChunks: false, modernTargets: ['chrome >= 78'], modernPolyfills: true })

const forBrowsers = [
  oldestBrowsers(),
  compression({ algorithms: ['gzip', 'brotliCompress'], exclude: [/\.(png|woff2?)$/] }),
  devServer({
    entry: `${import.meta.dirname}/server/dev.ts`,
    exclude: [/^\/(?!api\/).*/],
    injectClientScript: false,
  }),
]

/** `proof` builds the one file that checks a publication by itself. */
const pluginsFor = (mode: string, isSsrBuild: boolean | undefined) => {
  if (isSsrBuild) return [ElementPlus({}), tellPackages]
  if (mode === 'test') return []
  return mode === 'proof' ? [ElementPlus({}), oldestBrowsers(), oneFile] : [ElementPlus({}), ...forBrowsers]
}

export default defineConfig(({ isSsrBuild, mode }) => ({
  root: 'web',
  plugins: [vue(), ...pluginsFor(mode, isSsrBuild)],
  define: {
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false,
    ...(mode === 'proof' && { ENGINE_ABOUT: JSON.stringify(engineAbout(import.meta.dirname)) }),
  },
  build: {
    outDir: isSsrBuild ? '../dist/server' : mode === 'proof' ? '../dist/proof' : '../dist/web',
    emptyOutDir: true,
    copyPublicDir: !isSsrBuild && mode !== 'proof',
    ...(mode === 'proof' && { assetsInlineLimit: Infinity, cssCodeSplit: false, modulePreload: false }),
    target: isSsrBuild ? 'node20' : undefined,
    chunkSizeWarningLimit: 900,
    rolldownOptions: isSsrBuild
      ? {
          input: {
            main: 'server/main.ts',
            worker: 'server/jobs/worker.ts',
            ...commands,
          },
        }
      : mode === 'proof'
        ? { input: 'web/proof.html', output: { codeSplitting: false } }
        : {},
  },
  ssr: { noExternal: ['chinese-days', 'hono', 'kysely', 'zod'] },
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
          // A whole story takes a minute where two browsers share two slow cores.
          testTimeout: 120_000,
          hookTimeout: 180_000,
          maxConcurrency: 2,
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
