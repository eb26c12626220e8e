import { join, resolve } from 'node:path'
import { z } from 'zod'

/** Everything the environment decides (contract.md, Environment). */
export interface Config {
  readonly port: number
  readonly host: string
  /** `file:…` for SQLite or `postgres://…`. */
  readonly databaseUrl: string
  /** Absolute folder of database, evidence files and secrets. */
  readonly dataDir: string
  /** Where people reach us behind a proxy on this machine; null = directly. */
  readonly publicUrl: URL | null
  /** Password of the first system administrator on an unattended first start; null = ask through the setup page. */
  readonly adminPassword: string | null
  /** Password of every demo account; null = generate one. */
  readonly demoPassword: string | null
  /** Where the log goes: standard output as JSON lines, or files in the data folder. */
  readonly log: 'json' | 'files'
  /** Port of the Prometheus metrics; null = none. */
  readonly metricsPort: number | null
  /** Absolute folder of the daily backups; null = none are made. */
  readonly backupDir: string | null
  /** Absolute path of the key that seals backups; null = they are not sealed. */
  readonly backupKeyFile: string | null
}

/** A value of the environment that cannot be used; the message names it. */
export class ConfigError extends Error {}

const absolute = (path: string | undefined): string | null => (path === undefined ? null : resolve(path))
const filled = (value: string | undefined): string | undefined => (value === '' ? undefined : value)

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8787),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .regex(/^(file:|postgres(ql)?:\/\/)/)
    .optional(),
  DATA_DIR: z.string().default('./data'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .refine((url) => URL.canParse(url) && new URL(url).pathname === '/', 'ends after host and port')
    .optional(),
  ADMIN_PASSWORD: z.string().min(8).max(128).optional(),
  DEMO_PASSWORD: z.string().min(8).max(128).optional(),
  LOG: z.enum(['json']).optional(),
  METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  BACKUP_DIR: z.string().optional(),
  BACKUP_KEY_FILE: z.string().optional(),
})

const names = Object.keys(environment.shape) as (keyof typeof environment.shape)[]

/** Reads the configuration; blank values count as unset. Throws ConfigError naming the first wrong variable, never its value. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environment.safeParse(Object.fromEntries(names.map((name) => [name, filled(env[name])])))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new ConfigError(`${String(issue?.path[0])}: ${issue?.message ?? 'invalid'}`)
  }
  const dataDir = resolve(parsed.data.DATA_DIR)
  return {
    port: parsed.data.PORT,
    host: parsed.data.HOST,
    databaseUrl: parsed.data.DATABASE_URL ?? `file:${join(dataDir, 'zhengheng.db')}`,
    dataDir,
    publicUrl: parsed.data.PUBLIC_URL === undefined ? null : new URL(parsed.data.PUBLIC_URL),
    adminPassword: parsed.data.ADMIN_PASSWORD ?? null,
    demoPassword: parsed.data.DEMO_PASSWORD ?? null,
    log: parsed.data.LOG ?? 'files',
    metricsPort: parsed.data.METRICS_PORT ?? null,
    backupDir: absolute(parsed.data.BACKUP_DIR),
    backupKeyFile: absolute(parsed.data.BACKUP_KEY_FILE),
  }
}
