import type { Finding } from '../observation.ts'
import { statistic } from '../reading/figures.ts'
import type { Report } from '../reading/report.ts'
import type { Subject } from '../reading/statements.ts'
import type { MessageKey } from '../words.ts'
import type { Span } from '../reading/view.ts'
import { tabledValue } from './table-text.ts'

const denied: Readonly<Partial<Record<Subject, MessageKey>>> = {
  received: 'denies-requests',
  reviews: 'denies-reviews',
  lawsuits: 'denies-lawsuits',
  fees: 'denies-fees',
}

const fail = (
  span: Span,
  message: MessageKey,
  params: Finding['params'],
  severity: Finding['severity'] = 'fail',
): Finding => ({
  severity,
  span,
  view: 'prose',
  message,
  params,
})

/** 未收到申请 beside a figure above 0, in prose or in a table. */
function deniedFigures({ statements, figures }: Report): Finding[] {
  return statements.flatMap(({ subject, isDenial, start, end }): Finding[] => {
    const message = denied[subject]
    if (!isDenial || message === undefined) return []
    const stated = statements.find((other) => other.subject === subject && !other.isDenial && other.value > 0)
    const fees = Number(statistic(figures, '依申请公开信息收取的费用')?.value ?? 0)
    const inTable = subject === 'fees' ? fees : (tabledValue(figures, subject) ?? 0)
    const figure = stated?.value ?? (inTable > 0 ? inTable : undefined)
    return figure === undefined ? [] : [fail({ start, end }, message, { figure: String(figure) })]
  })
}

/** 收到申请0件 … 答复3件: more answered than there was to answer. */
function answeredTooMany({ statements, figures }: Report): Finding[] {
  const received = statements.filter(({ subject }) => subject === 'received')
  const answered = statements.filter(({ subject, value }) => subject === 'answered' && value > 0)
  const carriedIn = figures.requests.find(({ row }) => row === 'carried-in')?.figures.at(-1)?.value ?? null
  if (received.length === 0 || received.some(({ value }) => value > 0) || (carriedIn ?? 0) > 0) return []
  return answered.map(({ start, end, value }) =>
    fail({ start, end }, 'answers-without-requests', { figure: String(value) }),
  )
}

const allUpheld = /(?:全部|均|都)(?:被|予以|获|得到|是|为)?(?:维持|驳回)|维持[^,。;\n]{0,6}(?:全部|100%)/g
const allClosed =
  /(?:全部|均|都)(?:已经?)?(?:在(?:法定|规定)[^,。;\n]{0,8}内)?(?:按时|按期|依法|如期|及时)*(?:予以|进行了?|给予|作出)?(?:答复|办结|办理完毕|回复)(?:完毕)?/g

/** 全部维持 and 全部办结 beside cases that are still pending. */
function pendingCases({ prose: { text }, figures }: Report): Finding[] {
  const findings: Finding[] = []
  const pending = figures.disputes.reduce((sum, { figures: own }) => sum + (own[3]?.value ?? 0), 0)
  const carriedOut = tabledValue(figures, 'carried-out') ?? 0
  for (const match of text.matchAll(allUpheld)) {
    const sentence = /[^。\n]*$/.exec(text.slice(0, match.index))?.[0] ?? ''
    if (!/复议|诉讼/.test(sentence)) continue
    const rest = /^[^\n]{0,120}/.exec(text.slice(match.index + match[0].length))?.[0] ?? ''
    const open =
      /(?:尚未|未|待|正在)(?:审结|结案|审理)[^,。;\n\d]{0,6}(\d+)|(\d+)(?:件|起|宗)[^,。;\n]{0,4}(?:尚未审结|未审结|正在审理|未结)/.exec(
        sentence + match[0] + rest,
      )
    const inText = Number(open?.[1] ?? open?.[2] ?? 0)
    const figure = inText > 0 ? inText : pending
    if (figure > 0)
      findings.push(
        fail({ start: match.index, end: match.index + match[0].length }, 'all-upheld-pending', {
          figure: String(figure),
        }),
      )
  }
  if (carriedOut > 0) {
    for (const match of text.matchAll(allClosed)) {
      const sentence = /[^。\n]*$/.exec(text.slice(0, match.index))?.[0] ?? ''
      if (!/申请/.test(sentence) || /建议|提案|信箱|留言|热线|复议|诉讼/.test(sentence)) continue
      findings.push(
        fail(
          { start: match.index, end: match.index + match[0].length },
          'all-closed-carried',
          { figure: String(carriedOut) },
          'warn',
        ),
      )
    }
  }
  return findings
}

/** Statements of one report that exclude each other. */
export const contradiction = (report: Report): Finding[] => [
  ...deniedFigures(report),
  ...answeredTooMany(report),
  ...pendingCases(report),
]
