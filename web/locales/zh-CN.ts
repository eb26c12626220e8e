import { account } from './zh-CN/account.ts'
import { scheme } from './zh-CN/scheme.ts'
import { year } from './zh-CN/year.ts'
import { evidence } from './zh-CN/evidence.ts'
import { finding } from './zh-CN/finding.ts'
import { selfAssessment } from './zh-CN/self-assessment.ts'
import { thirdParty } from './zh-CN/third-party.ts'
import { result } from './zh-CN/result.ts'
import { publication } from './zh-CN/publication.ts'
import { proof } from './zh-CN/proof.ts'
import { suspicion } from './zh-CN/suspicion.ts'
import { report } from './zh-CN/report.ts'
import { workbook } from './zh-CN/workbook.ts'
import { inbox } from './zh-CN/inbox.ts'
import { operation } from './zh-CN/operation.ts'
import { charts } from './zh-CN/charts.ts'
import { nav } from './zh-CN/nav.ts'
import { shell } from './zh-CN/shell.ts'
import { states } from './zh-CN/states.ts'
import { vocabulary } from './zh-CN/vocabulary.ts'

/** The source of all texts; its shape is the shape of every other language. */
export const zhCN = {
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
}
