import type { LedgerKind, Scheme } from '../rule/scheme.ts'
import { halves } from '../rule/usual-times.ts'
import { kind } from './kind.ts'
import { municipalClauses } from './municipal-clauses.ts'
import { municipalEnglish } from './municipal-english.ts'
import { municipalIndicators } from './municipal-indicators.ts'
import { usual } from './usual.ts'

/** 四(一): 每个问题扣 1.5 分. */
const perProblem = 150

const problem = (
  name: string,
  trigger: LedgerKind['trigger'],
  provider: string,
  clause: string,
): LedgerKind => kind(name, { points: perProblem, trigger, provider, clause })

/** 市级考核办法: routine 30, self-assessment 40, third party 30. */
export const municipal: Scheme = {
  name: '政府信息公开工作考核办法',
  source: '市政府信息公开工作考核办法',
  components: [
    {
      key: 'routine',
      name: '平时考核',
      weight: 3000,
      clause: '考核办法 四（一）',
      method: 'deductions',
      variants: [],
      windows: [],
      base: 10_000,
      floor: 0,
      full: null,
      ceiling: 'full',
      areas: [],
      kinds: [
        problem('上级检查通报', 'at-once', '市政府办公室', '考核办法 四（一）1'),
        problem('调度和网上检查', 'if-not-rectified', '市政府办公室', '考核办法 四（一）2'),
        problem('举报查实', 'at-once', '市政府办公室', '考核办法 四（一）2'),
        problem('专项督查', 'if-not-rectified', '督查组', '考核办法 四（一）3'),
        problem('舆情回应', 'at-once', '市政府新闻办', '考核办法 四（一）4'),
        problem('网站安全隐患', 'if-not-rectified', '市公安局', '考核办法 四（一）5'),
      ],
    },
    {
      key: 'self',
      name: '自我考核',
      weight: 4000,
      clause: '考核办法 四（二）',
      method: 'verified-marks',
      variants: [],
      windows: halves,
      indicators: municipalIndicators,
      missingWindow: 'zero',
    },
    {
      key: 'third-party',
      name: '第三方评估',
      weight: 3000,
      clause: '考核办法 四（三）',
      method: 'external',
      variants: [],
      windows: [],
      full: '100',
      dimensions: [],
      missing: 'pending',
    },
  ],
  ...usual,
  clauses: municipalClauses,
  english: municipalEnglish,
  milestones: [
    {
      key: 'self-h1',
      name: '上半年自评报送',
      due: { yearOffset: 0, month: 7, day: 15 },
      clause: '考核办法 六（一）',
    },
    {
      key: 'self-h2',
      name: '下半年自评报送',
      due: { yearOffset: 1, month: 1, day: 15 },
      clause: '考核办法 六（一）',
    },
    {
      key: 'aggregation',
      name: '成绩汇总',
      due: { yearOffset: 1, month: 2, day: 10 },
      clause: '考核办法 六（二）',
    },
    { key: 'circular', name: '通报', due: { yearOffset: 1, month: 2, day: 28 }, clause: '考核办法 六（三）' },
  ],
}
