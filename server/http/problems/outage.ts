import type { Outage } from '../../../db/outage.ts'
import { entry, type ProblemEntry } from './entry.ts'

/** What people are told when database or disk cannot serve. */
export const outageProblemTexts = {
  'disk-full': entry(
    507,
    ['服务器磁盘已满', '刚才的内容没有保存，查阅不受影响。请通知系统管理员清理磁盘，然后再试。'],
    [
      'The server’s disk is full',
      'Nothing was saved; reading still works. Tell the system administrator to free space, then try again.',
    ],
  ),
  'storage-failed': entry(
    503,
    ['服务器存储出现故障', '刚才的内容没有保存。请立即将编号 {requestId} 告知系统管理员。'],
    [
      'The server’s storage failed',
      'Nothing was saved. Tell the system administrator this number at once: {requestId}.',
    ],
  ),
  'database-busy': entry(
    503,
    ['数据库忙', '刚才的内容没有保存，请稍后再试。'],
    ['The database is busy', 'Nothing was saved. Try again in a moment.'],
  ),
  'database-away': entry(
    503,
    ['数据库连接中断', '不能确定刚才的内容是否已经保存，请稍后刷新页面查看。'],
    [
      'The database cannot be reached',
      'Whether your last change was saved is not known; reload in a moment and look.',
    ],
  ),
  'database-altered': entry(
    503,
    [
      '数据库的结构被改动',
      '运行期间有人改动了数据库的表或触发器，刚才的内容没有保存，查阅不受影响。请通知系统管理员运行 verify 核对。',
    ],
    [
      'The database’s structure was changed',
      'Somebody changed tables or triggers of the running database. Nothing was saved; reading still works. Tell the system administrator to run verify.',
    ],
  ),
} as const satisfies Record<Outage, ProblemEntry>
