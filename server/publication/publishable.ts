import type { Day } from '#assessment/day'
import { checkCodes, checkPublication, errorsAmong, type CheckCode } from '#assessment/publication/check'
import { assess } from '#assessment/score/assess'
import { loadFacts } from '../../db/facts.ts'
import { loadCalendar } from '../../db/holidays.ts'
import type { ResultKind } from '../../db/publications.ts'
import type { DoingIn } from '../act.ts'
import { Problem } from '../http/problem.ts'

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
  'basis-empty': ['还没有可计入阶段成绩的部分', 'nothing counts towards the result so far yet'],
  'near-grade-edge': ['靠近等次线', 'units near a grade line'],
}

/** Throws `publication-blocked` with what is wrong with an assessment on a day, each kind with how often. */
export async function requirePublishable(
  { trx, visible }: DoingIn,
  asOf: Day,
  kind: ResultKind,
): Promise<void> {
  const { assessment, scheme } = visible
  const [facts, calendar] = [await loadFacts(trx, assessment.id), await loadCalendar(trx)]
  const assessed = assess(scheme, facts, asOf, calendar, { interim: kind === 'interim' })
  const errors = errorsAmong(
    checkPublication({ stage: assessment.stage, scheme, facts, calendar, assessed }),
    assessed,
  )
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
