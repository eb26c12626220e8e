import type { Clause } from './scheme.ts'

/*
 * The text of a rule in numbered clauses: 第三条, 一、, （一）, 1., （1）, ①. A clause bears the numbers above it with its own, as others name it: 四（一）1.
 */

const han = '[一二三四五六七八九十百零〇]+'

/** How clauses are numbered, outermost first, and how each number is written after those above it. */
const numberings: readonly {
  readonly begins: RegExp
  readonly written: (number: string) => string
  /** An article has a number of its own, whatever chapter it stands in. */
  readonly alone?: true
}[] = [
  { begins: new RegExp(`^(第${han}[编章节])[\\s　]*`), written: (number) => number, alone: true },
  { begins: new RegExp(`^(第${han}条)[\\s　]*`), written: (number) => number, alone: true },
  { begins: new RegExp(`^(${han})[、．.][\\s　]*`), written: (number) => number },
  { begins: new RegExp(`^[（(](${han})[）)][\\s　]*`), written: (number) => `（${number}）` },
  { begins: /^(\d{1,3})(?:[.．、](?!\d))[\s　]*/, written: (number) => number },
  { begins: /^[（(](\d{1,3})[）)][\s　]*/, written: (number) => `（${number}）` },
  { begins: /^([①-⑳])[\s　]*/, written: (number) => number },
]

/** What stands before the first number. */
const preamble = '前言'

interface Begun {
  readonly level: number
  readonly number: string
  readonly rest: string
}

function begunBy(line: string): Begun | null {
  for (const [level, { begins, written }] of numberings.entries()) {
    const found = begins.exec(line)
    if (found) return { level, number: written(found[1] as string), rest: line.slice(found[0].length) }
  }
  return null
}

/** A number that none of the taken ones is: an annex begins again at 一. */
function unlike(number: string, taken: ReadonlySet<string>): string {
  let count = 2
  let own = number
  while (taken.has(own)) own = `${number}·${count++}`
  return own
}

/** The clauses of a rule's text, in order; lines without a number belong to the clause before them. */
export function clausesOf(text: string): Clause[] {
  const clauses: { number: string; lines: string[] }[] = []
  const above: string[] = []
  const taken = new Set<string>()
  for (const line of text.split(/\r?\n/).map((raw) => raw.replace(/^[\s　]+|[\s　]+$/g, ''))) {
    if (line === '') continue
    const begun = begunBy(line)
    if (begun === null && clauses.length > 0) {
      clauses.at(-1)?.lines.push(line)
      continue
    }
    const { level, number, rest } = begun ?? { level: 0, number: preamble, rest: line }
    above.length = level
    above[level] = number
    const isAlone = numberings[level]?.alone === true
    // A chapter's number is not part of what stands in it.
    const full = isAlone
      ? number
      : above.filter((part, at) => part && !(numberings[at]?.alone && at === 0)).join('')
    const own = unlike(full, taken)
    taken.add(own)
    clauses.push({ number: own, lines: rest === '' ? [] : [rest] })
  }
  return clauses.map(({ number, lines }) => ({ number, text: lines.join('\n') }))
}

const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '')

/** Whether a name of a clause speaks of a number; a number of one character only where no word runs into it. */
function names(named: string, number: string): boolean {
  const at = named.indexOf(number)
  if (at === -1) return false
  return number.length > 1 || at === 0 || !/[\p{Script=Han}\d]/u.test(named[at - 1] as string)
}

/** The clause of a scheme that a reference such as `考核办法 四（一）1` speaks of, the most exact one; undefined where the text has none. */
export function clauseNamed(clauses: readonly Clause[], reference: string): Clause | undefined {
  const named = plain(reference.replace(/\s+/g, ' ').split(' ').at(-1) as string)
  const whole = plain(reference)
  const fitting = clauses.filter(
    ({ number }) => names(named, plain(number)) || (number.length > 1 && names(whole, plain(number))),
  )
  return fitting.reduce<Clause | undefined>(
    (best, clause) => (best && best.number.length >= clause.number.length ? best : clause),
    undefined,
  )
}
