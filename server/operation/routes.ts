import { Hono } from 'hono'
import { allow } from '../access/allow.ts'
import type { AppEnv } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { backupSchema, backupView } from './backup/backup-view.ts'
import { readBackupState } from './backup/record.ts'

export const operation = new Hono<AppEnv>().get(
  '/backup',
  allow('backup.read'),
  describe(
    '运行 · Operation',
    '最近一次完好的备份，和此后的失败',
    'The last backup that was read back whole, and the failure since',
    { 200: backupSchema },
  ),
  async (c) => {
    const { db, backups, clock } = c.var.deps
    return c.json(backupView(await readBackupState(db), backups, clock()), 200)
  },
)
