import type { Finding } from '../observation.ts'
import type { Report } from '../reading/report.ts'
import { contentsSource, type Era } from '../sources.ts'
import { matchesOf, type Wording } from './match.ts'

const old = (pattern: RegExp, message: Wording['message'], unless?: Wording['unless']): Wording => ({
  pattern,
  message,
  severity: 'warn',
  ...(unless && { unless }),
})

/** The regulation of 2007, in reports on years after it. */
const regulationOf2007: readonly Wording[] = [
  old(/(?:国务院)?(?:令)?(?:第)?492号(?:令)?/g, 'basis-2007', (match, text) =>
    /废止|修订前|原《|旧/.test(text.slice(Math.max(0, (match.index ?? 0) - 30), (match.index ?? 0) + 30)),
  ),
  old(
    /(?:条例》?|条例\)?》?)(?:\([^()]{0,12}\))?第(?:三十一|三十二|31|32)条(?:的?规定|之规定|和|、|,|要求)/g,
    'basis-2007',
    (match, text) =>
      !/年度报告|年报|编制|本报告/.test(
        text.slice(Math.max(0, (match.index ?? 0) - 80), (match.index ?? 0) + 80),
      ),
  ),
  old(/2008年5月1日起?(?:正式)?(?:施行|实施)的?《?(?:中华人民共和国)?政府信息公开条例/g, 'basis-2007'),
]
/** The form of 2019, in reports on 2021 and later. */
const formOf2019: readonly Wording[] = [old(/国办公开办函〔2019〕60号|〔2019〕60号/g, 'basis-form-2019')]

const supersededIn: Readonly<Record<Era, readonly Wording[]>> = {
  '2007': [],
  '2019': regulationOf2007,
  '2021': [...regulationOf2007, ...formOf2019],
}

/** A regulation or form that no longer holds in the report's year. */
export function supersededBasis({ era, prose, figures, lines }: Report): Finding[] {
  const findings = matchesOf(prose.text, 'prose', supersededIn[era]).map((finding) =>
    finding.message === 'basis-form-2019' ? { ...finding, source: 'form-2021' as const } : finding,
  )
  const isOldForm =
    era === '2021' && figures.signs.has('disclosure-2019') && !figures.signs.has('disclosure-2021')
  const header = isOldForm
    ? lines
        .flatMap(({ cells }) => cells)
        .find(({ text }) => /本年新\s*制作数量|对外公开\s*总数量|上一年项目数量/.test(text))
    : undefined
  if (header)
    findings.push({
      severity: 'warn',
      span: header,
      view: 'folded',
      message: 'table-form-2019',
      params: {},
      source: 'form-2021',
    })
  const isStatistics = era !== '2007' && figures.signs.has('statistics')
  const first = isStatistics ? figures.statistics[0] : undefined
  if (first)
    findings.push({
      severity: 'warn',
      span: { start: first.start, end: first.end },
      view: 'folded',
      message: 'table-form-2008',
      params: {},
      source: contentsSource[era],
    })
  return findings
}
