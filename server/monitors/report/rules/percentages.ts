import type { Finding } from '../observation.ts'
import type { Quantity } from '../reading/quantities.ts'
import type { Report } from '../reading/report.ts'
import { exact, told, valueOf } from '../reading/verdicts.ts'

/** Between a figure and its share: 16条，占61.5%. */
const shareLink =
  /^[^,。;%\d]{0,14}[,(]?(?:约|仅)?(?:占|所占)[^,。;%\d]{0,16}$|^[^,。;%\d]{0,8}[,(](?:比例|占比|比重)[^,。;%\d]{0,8}$|^\($/
const growthLink = /(?:增长|增加|上升|下降|减少|降低|增幅|降幅|涨幅)(?:了|率|幅度)?(?:为|约|达)?$/

/** The last place of a percentage as written, 0.1 for 61.5%. */
const placeOf = (figures: string): number => 10 ** -(figures.split('.')[1]?.length ?? 0)

/** Rounded or cut off, a share may differ by less than one of its last place. */
const agrees = (share: number, figures: string): boolean =>
  Math.abs(share - Number(figures)) < placeOf(figures) * 1.000_001 + 1e-9

interface Share {
  readonly part: Quantity
  readonly percent: Quantity
}

function sharesIn({ prose: { text }, quantities }: Report): Share[] {
  return quantities.flatMap((percent, index) => {
    const part = quantities[index - 1]
    if (!percent.isPercent || !part || part.isPercent || part.isChange || !exact(part) || !exact(percent))
      return []
    const between = text.slice(part.end, percent.start)
    if (!shareLink.test(between) || /率|增|减|比上|同比|较/.test(between)) return []
    return [{ part, percent }]
  })
}

/** A percentage of a part against the total that it is a share of. */
function shareFinding({ part, percent }: Share, report: Report): Finding | null {
  const { verdicts, breakdowns, quantities, prose } = report
  const own = breakdowns.find(({ items }) => items.some(({ quantity }) => quantity === part))
  const judged = verdicts.find((verdict) => verdict.severity === 'pass' && verdict.parts.includes(part))
  const before = quantities.filter(
    (quantity) =>
      quantity.start < part.start &&
      quantity.start > part.start - 600 &&
      !quantity.isPercent &&
      !quantity.isChange &&
      exact(quantity) &&
      (quantity.unit === part.unit || part.unit === '') &&
      valueOf(quantity) >= valueOf(part) &&
      valueOf(quantity) > 0,
  )
  const shareOf = (total: Quantity): number => (valueOf(part) / valueOf(total)) * 100
  const span = { start: part.start, end: percent.end }
  const params = { part: told(valueOf(part)), percent: percent.figures + '%' }
  const total = judged?.total ?? before.findLast((candidate) => agrees(shareOf(candidate), percent.figures))
  if (total && agrees(shareOf(total), percent.figures)) {
    return {
      severity: 'pass',
      span,
      view: 'prose',
      message: 'share-right',
      params: { ...params, total: told(valueOf(total)) },
    }
  }
  if (before.some((candidate) => agrees(shareOf(candidate), percent.figures))) return null
  // The list's own total, or the only figure that it can be a share of.
  const nearest = judged?.total ?? own?.totals.find(exact) ?? (before.length === 1 ? before[0] : undefined)
  if (!nearest || valueOf(nearest) < valueOf(part) || valueOf(nearest) === 0) return null
  // Shares of something else: 占发文总数的30%, of a total in another unit or paragraph.
  const named = /占([^,。;%\d]*)$/.exec(prose.text.slice(part.end, percent.start))?.[1] ?? ''
  if (!judged && /(?:发文|预算|支出|人口|编制|财政|全[市县区省州])/.test(named)) return null
  const share = shareOf(nearest)
  return {
    severity: 'fail',
    span,
    view: 'prose',
    message: 'share-wrong',
    params: { ...params, total: told(valueOf(nearest)), share: `${Number(share.toFixed(2))}%` },
  }
}

/** 144条，比上年增加24条，增长20%. */
function growthFindings({ prose: { text }, quantities }: Report): Finding[] {
  return quantities.flatMap((percent, index): Finding[] => {
    const [now, change] = [quantities[index - 2], quantities[index - 1]]
    if (!percent.isPercent || !now || !change || !exact(percent) || !exact(now) || !exact(change)) return []
    if (
      !change.isChange ||
      change.unit !== now.unit ||
      now.isPercent ||
      now.isChange ||
      !growthLink.test(text.slice(change.end, percent.start))
    )
      return []
    if (/[。;\n]/.test(text.slice(now.end, percent.start))) return []
    if (!/比|较/.test(text.slice(Math.max(0, now.start - 16), change.start))) return []
    const isLess = /减少|下降|降低|少/.test(text.slice(now.end, change.start))
    // 600条，比上年的500条增加100条: the figure before is last year's own.
    const isEarlier = /(?:比|较)[^,。;]*$/.test(text.slice(Math.max(0, now.start - 16), now.start))
    const before = isEarlier ? valueOf(now) : valueOf(now) + (isLess ? 1 : -1) * valueOf(change)
    if (before <= 0) return []
    const share = (valueOf(change) / before) * 100
    const span = { start: now.start, end: percent.end }
    const params = {
      part: told(valueOf(change)),
      total: told(before),
      percent: `${percent.figures}%`,
      share: `${Number(share.toFixed(2))}%`,
    }
    return [
      agrees(share, percent.figures)
        ? { severity: 'pass', span, view: 'prose', message: 'share-right', params }
        : { severity: 'fail', span, view: 'prose', message: 'share-wrong', params },
    ]
  })
}

/** Shares without figures that say that they are all: 占40%、35%、30%. */
function shareSums({ quantities, prose: { text } }: Report): Finding[] {
  return [...text.matchAll(/[^。\n]+/g)].flatMap((sentence): Finding[] => {
    const end = sentence.index + sentence[0].length
    const own = quantities.filter(({ start }) => start >= sentence.index && start < end)
    const shares = own.filter(
      ({ isPercent, start }) =>
        isPercent && /占[^,。;%]{0,12}$/.test(text.slice(Math.max(0, start - 16), start)),
    )
    const [first, last] = [shares[0], shares.at(-1)]
    // With figures beside them each share is judged by its own.
    if (!first || !last || shares.length < 3 || own.length > shares.length || !shares.every(exact)) return []
    const sum = shares.reduce((total, percent) => total + valueOf(percent), 0)
    const slack = shares.reduce((total, { figures }) => total + placeOf(figures), 0)
    const isOpenEnded = /等/.test(sentence[0]) || sum < 90
    if (Math.abs(sum - 100) <= slack || (sum < 100 && isOpenEnded)) return []
    const span = { start: first.start, end: last.end }
    return [
      { severity: 'fail', span, view: 'prose', message: 'shares-not-100', params: { sum: `${told(sum)}%` } },
    ]
  })
}

/** Percentages in prose. */
export function percentages(report: Report): Finding[] {
  const shares = sharesIn(report)
  return [
    ...shares.flatMap((share) => shareFinding(share, report) ?? []),
    ...growthFindings(report),
    ...shareSums(report),
  ]
}
