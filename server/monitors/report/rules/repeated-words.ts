import type { Finding } from '../observation.ts'
import type { Report } from '../reading/report.ts'
import { matchesOf, type Wording } from './match.ts'

/** Verbs that are doubled on purpose, and words that meet at a seam: 主动公开公开栏. */
const doubled =
  /^(?:政府|研究|讨论|商量|考虑|打扫|宣传|学习|交流|沟通|公开|监督|服务|管理|情况|规划|公示|评议|审查|检查|[一二两三四五六七八九十逐][一-鿿]|[一-鿿]一)$/
/** Fields that give offices their names: 抓教育教育局. */
const fields =
  /^(?:教育|卫生|文化|公安|财政|民政|司法|交通|水利|农业|林业|审计|统计|档案|信访|旅游|体育|科技|城管)$/
const office = /^(?:局|处|科|室|办|厅|部|中心|所|站|馆|院|委)/

const wordings: readonly Wording[] = [
  {
    pattern: /([一-鿿]{2,10})\1/g,
    message: 'words-repeated',
    severity: 'warn',
    inClause: true,
    unless: (match, text) => {
      const [whole, word = ''] = match
      const after = text.slice((match.index ?? 0) + whole.length, (match.index ?? 0) + whole.length + 3)
      return (
        doubled.test(word) ||
        (fields.test(word) && office.test(after)) ||
        // 规范规范性文件, 政务信息信息员, 在上级领导领导下: the second belongs to a word of its own.
        /^[性员化]/.test(after) ||
        (word === '领导' && after.startsWith('下')) ||
        /^(.)\1*$/.test(word)
      )
    },
  },
  { pattern: /((?:19|20)\d{2}年(?:度)?)\1/g, message: 'words-repeated', severity: 'warn', inClause: true },
  {
    pattern:
      /(?!目)[一-鿿]的的(?![确士])[一-鿿]|[一-鿿]了了(?![解结却然断望如])[一-鿿]|《《[^《》]{2,40}》》/g,
    message: 'words-repeated',
    severity: 'warn',
    inClause: true,
  },
]

/** Words written twice. */
export const repeatedWords = ({ prose }: Report): Finding[] => matchesOf(prose.text, 'prose', wordings)
