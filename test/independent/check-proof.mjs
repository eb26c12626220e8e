/*
 * A second checker of open proof, written from the README alone: `node check-proof.mjs FILE.html`. It shares no line with the program: its own
 * canonical JSON, tree and arithmetic, for a rule of deductions, verified marks and external marks without caps, vetoes, quotas and adjustments.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex')

function canonical(value) {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return '[' + value.map(canonical).join(',') + ']'
  const names = Object.keys(value).sort()
  return '{' + names.map((name) => JSON.stringify(name) + ':' + canonical(value[name])).join(',') + '}'
}

/** The leaves in a file, with their places. */
function unpack({ places, leaves }) {
  const at = places.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, n) => first + n))
  return leaves
    .flatMap(({ kind, columns, rows }) =>
      rows.map(([tag, salt, key, ...rest]) => {
        const value = columns ? Object.fromEntries(columns.map((name, n) => [name, rest[n]])) : rest[0]
        return { kind, key, value, tag, hash: sha256('0' + canonical([salt, kind, key, value])) }
      }),
    )
    .map((leaf, n) => ({ ...leaf, place: at[n] }))
}

function rootOf(count, byPlace, others) {
  const left = [...others]
  const shown = [...byPlace.keys()]
  function node(from, to) {
    if (!shown.some((place) => place >= from && place < to)) return left.shift()
    if (to - from === 1) return byPlace.get(from)
    let half = 1
    while (half * 2 < to - from) half *= 2
    return sha256('1' + node(from, from + half) + node(from + half, to))
  }
  const root = node(0, count)
  return left.length === 0 ? root : null
}

/** Exact fractions, as pairs of whole numbers. */
const times = ([a, b], [c, d]) => [a * c, b * d]
const plus = ([a, b], [c, d]) => [a * d + c * b, b * d]
const over = ([a, b], [c, d]) => [a * d, b * c]
const less = ([a, b], [c, d]) => a * d < c * b
const number = (text) => {
  const [whole, part = ''] = String(text).split('.')
  return [BigInt(whole + part), 10n ** BigInt(part.length)]
}
const sum = (numbers) => numbers.reduce(plus, [0n, 1n])
/** Two decimals, half up; nothing here is below 0. */
function twoDecimals([a, b]) {
  const cents = String((a * 200n + b) / (b * 2n)).padStart(3, '0')
  return cents.slice(0, -2) + '.' + cents.slice(-2)
}

const DAY = 86_400_000
const nextDay = (day) => new Date(Date.parse(day) + DAY).toISOString().slice(0, 10)
function workingDaysAfter(day, count, { holidays, workdays }) {
  let at = day
  for (let left = count; left > 0;) {
    at = nextDay(at)
    const isWeekend = [0, 6].includes(new Date(at).getUTCDay())
    if (workdays.includes(at) || (!isWeekend && !holidays.includes(at))) left--
  }
  return at
}

/** Where a finding stands on the day: its kind, its unit, and whether its points are lost. */
function standing(finding, { asOf, calendar }, kinds) {
  let { kind, unitId } = finding
  let [notified, deadline, ended, handedIn] = [null, null, false, []]
  for (const fact of finding.facts) {
    if (fact.type !== 'notified' && fact.on > asOf) continue
    if (fact.type === 'notified') [notified, deadline] = [fact.on, fact.deadline]
    if (fact.type === 'extended') deadline = fact.deadline
    if (fact.type === 'submitted') handedIn.push({ on: fact.on, is: 'waiting' })
    if (fact.type === 'withdrawn') handedIn.pop()
    if (fact.type === 'accepted' || fact.type === 'rejected') handedIn[handedIn.length - 1].is = fact.type
    if (fact.type === 'reversed' || fact.outcome === 'revoked') ended = true
    if (fact.outcome === 'amended') {
      ;[kind, unitId] = [fact.kind, fact.unitId]
      if (fact.deadline !== undefined) [notified, deadline, handedIn] = [fact.on, fact.deadline, []]
    }
  }
  const { trigger, rectifyWithin, chargedUpward, severities } = kinds.get(kind)
  const due = deadline ?? workingDaysAfter(notified, rectifyWithin.days, calendar)
  const met = handedIn.some(({ on, is }) => on <= due && is !== 'rejected')
  const lost = trigger === 'at-once' ? notified <= asOf : due < asOf && !met
  return { unitId, chargedUpward, points: lost && !ended ? severities[0].points : 0 }
}

function recompute(rule, of) {
  const { scheme, asOf } = rule
  const parents = new Map(of('unit').map(({ id, parentId }) => [id, parentId]))
  const taking = of('participant')
  const takes = new Set(taking.map(({ unitId }) => unitId))
  const charged = ({ unitId, chargedUpward }) => {
    if (!chargedUpward) return unitId
    let at = unitId
    while (at && !takes.has(at)) at = parents.get(at)
    return at
  }
  const known = (fact) => fact.on === null || fact.on <= asOf

  function scoreOf(part, unitId) {
    if (part.method === 'deductions') {
      const kinds = new Map(part.kinds.map((kind) => [kind.key, kind]))
      const all = of('finding').map((finding) => standing(finding, rule, kinds))
      const lost = all
        .filter((one) => charged(one) === unitId)
        .reduce((total, { points }) => total + points, 0)
      return [BigInt(Math.max(part.floor, part.base - lost)), 100n]
    }
    if (part.method === 'external') {
      const last = of('external').findLast((mark) => mark.unitId === unitId && known(mark))
      return last && times(over(number(last.marks), number(part.full)), [100n, 1n])
    }
    const scores = part.windows.map(({ key }) => {
      const marks = of('verified').filter(
        (mark) => mark.unitId === unitId && mark.component === part.key && mark.window === key && known(mark),
      )
      const last = [...new Map(marks.map((mark) => [mark.leaf, mark])).values()]
      const counting = last.filter((mark) => mark.marks !== 'not-applicable')
      const verified = sum(counting.map((mark) => number(mark.marks)))
      return times(over(verified, sum(counting.map((mark) => number(mark.full)))), [100n, 1n])
    })
    return over(sum(scores), [BigInt(scores.length), 1n])
  }

  const weights = scheme.components.map(({ weight }) => [BigInt(weight), 1n])
  const results = taking.map(({ unitId, group }) => {
    const scores = scheme.components.map((part) => scoreOf(part, unitId))
    const exact = scores.includes(undefined)
      ? null
      : over(sum(scores.map((score, n) => times(score, weights[n]))), sum(weights))
    const composite = exact && twoDecimals(exact)
    const grade =
      composite && scheme.grades.find(({ from }) => !less(number(composite), [BigInt(from), 100n])).name
    return { unitId, group, scores: scores.map((score) => score && twoDecimals(score)), composite, grade }
  })
  return results.map((one) => {
    const above = results.filter(
      ({ group, composite }) =>
        group === one.group && composite && one.composite && less(number(one.composite), number(composite)),
    )
    return { ...one, rank: one.composite && above.length + 1 }
  })
}

function check(file) {
  const leaves = unpack(file)
  const faults = leaves
    .filter(({ tag, hash }) => !hash.startsWith(tag))
    .map(({ kind, key }) => `altered: ${kind} ${key}`)
  const root = rootOf(file.count, new Map(leaves.map(({ place, hash }) => [place, hash])), file.others)
  if (root !== file.root) faults.push('root')
  const of = (kind) => leaves.filter((leaf) => leaf.kind === kind).map(({ value }) => value)
  const [rule] = of('rule')
  const isWhole = leaves.length === file.count
  const computed = new Map(recompute(rule, of).map((one) => [one.unitId, one]))
  for (const { unitId, unit, composite, grade, rank, components } of of('result')) {
    const one = computed.get(unitId)
    const told = [components.map(({ score }) => score), composite, grade, isWhole && rank]
    const found = [one.scores, one.composite, one.grade, isWhole && one.rank]
    if (canonical(told) !== canonical(found))
      faults.push(`result: ${unit} ${canonical(told)} ${canonical(found)}`)
  }
  for (const { unitId, unit, grade } of of('grade'))
    if (computed.has(unitId) && computed.get(unitId).grade !== grade) faults.push(`grade: ${unit}`)
  return faults
}

const html = readFileSync(process.argv[2], 'utf8')
const json = /<script type="application\/json" id="proof">([^<]*)<\/script>/.exec(html)[1]
const faults = check(JSON.parse(json))
for (const fault of faults) process.stdout.write(`${fault}\n`)
process.stdout.write(faults.length === 0 ? 'agrees\n' : '')
process.exitCode = faults.length === 0 ? 0 : 1
