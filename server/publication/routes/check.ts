import { Hono } from 'hono'
import { z } from 'zod'
import {
  checkCodes,
  checkPublication,
  checkSeverities,
  errorsAmong,
  severityOf,
  type CheckCode,
  type CheckItem,
} from '#assessment/publication/check'
import { allow } from '../../access/allow.ts'
import { visibleAssessment } from '../../access/visibility.ts'
import { Problem } from '../../http/problem.ts'
import { dayFor } from '../../year/assessment-view.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { publicationTag } from '../wire.ts'
import { validated } from '../../http/validated.ts'
import { day } from '../../http/wire.ts'

const item = z.custom<CheckItem>().meta({ id: 'PublicationCheckItem', type: 'object' })
const answer = z
  .object({
    asOf: z.string(),
    counts: z.record(z.enum(checkSeverities), z.int()),
    items: z.array(item),
  })
  .meta({ id: 'PublicationCheck', description: '发布前检查：errors stop a publication' })

/** What stops a publication, in words. */
const words: Readonly<Record<CheckCode, readonly [zh: string, en: string]>> = {
  'wrong-stage': ['考核还没有进入汇总阶段', 'the assessment is not being aggregated yet'],
  'pending-part': ['部分成绩待定', 'parts of scores are pending'],
  'unverified-leaves': ['自评指标未核查', 'self-assessed indicators are not verified'],
  'undecided-appeal': ['申诉未裁定', 'appeals are not decided'],
  'unreviewed-rectification': ['整改未核查', 'rectifications are not reviewed'],
  'window-open': ['自评周期未关闭', 'self-assessment windows are open'],
  'appeal-period-open': ['申诉期未满', 'appeal periods are running'],
  'unannounced-deadlines': ['期限所在年份的放假安排未公布', 'deadlines in a year without announced holidays'],
  'marks-alike': ['外部评分几乎相同', 'external marks look alike'],
  'near-grade-edge': ['靠近等次线', 'units near a grade line'],
}

/** Throws `publication-blocked` with what is wrong, each kind with how often. */
export function requirePublishable(items: readonly CheckItem[]): void {
  const errors = errorsAmong(items)
  if (errors.length === 0) return
  const codes = checkCodes.filter((code) => errors.some((one) => one.code === code))
  throw new Problem('publication-blocked', {
    params: { count: errors.length },
    errors: (language) =>
      codes.map((code) => ({
        code,
        message: `${words[code][language === 'en' ? 1 : 0]} (${errors.filter((one) => one.code === code).length})`,
      })),
  })
}

export const publicationCheck = new Hono<AppEnv>().get(
  '/:id/publication-check',
  allow('publication.check'),
  describe(publicationTag, '发布前检查', 'What to know before results are published', { 200: answer }),
  validated('query', z.object({ asOf: day.optional() })),
  async (c) => {
    const { deps, account, scope, assessed } = c.var
    const visible = await visibleAssessment(deps.db, account, scope, c.req.param('id'))
    const asOf = await dayFor(c.var, visible, c.req.valid('query').asOf)
    const on = await assessed.on(visible.assessment.id, asOf)
    const items = checkPublication({ ...on, stage: visible.assessment.stage })
    const counts = Object.fromEntries(
      checkSeverities.map((severity) => [
        severity,
        items.filter(({ code }) => severityOf[code] === severity).length,
      ]),
    ) as Record<(typeof checkSeverities)[number], number>
    return c.json({ asOf, counts, items }, 200)
  },
)
