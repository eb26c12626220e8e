import { account } from './en/account.ts'
import { scheme } from './en/scheme.ts'
import { year } from './en/year.ts'
import { evidence } from './en/evidence.ts'
import { finding } from './en/finding.ts'
import { selfAssessment } from './en/self-assessment.ts'
import { thirdParty } from './en/third-party.ts'
import { result } from './en/result.ts'
import { publication } from './en/publication.ts'
import { proof } from './en/proof.ts'
import { suspicion } from './en/suspicion.ts'
import { report } from './en/report.ts'
import { workbook } from './en/workbook.ts'
import { inbox } from './en/inbox.ts'
import { operation } from './en/operation.ts'
import { charts } from './en/charts.ts'
import { nav } from './en/nav.ts'
import { shell } from './en/shell.ts'
import { states } from './en/states.ts'
import { vocabulary } from './en/vocabulary.ts'
import type { zhCN } from './zh-CN.ts'

/** English, complete: a text missing here does not compile. */
export const en = {
  account,
  scheme,
  year,
  evidence,
  finding,
  selfAssessment,
  thirdParty,
  result,
  publication,
  proof,
  suspicion,
  report,
  workbook,
  inbox,
  operation,
  charts,
  nav,
  shell,
  states,
  vocabulary,
} satisfies typeof zhCN
