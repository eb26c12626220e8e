import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkText } from '../../../server/monitors/report/check-report.ts'
import {
  reportRules,
  type Observation,
  type ReportRule,
} from '../../../server/monitors/report/observation.ts'
import { observationText } from '../../../server/monitors/report/words.ts'
import { firstPassages } from '../../fixtures/reports/first-passages.ts'
import { firstReports } from '../../fixtures/reports/first-reports.ts'
import type { Label, Labelled } from '../../fixtures/reports/labelled.ts'
import { secondPassages } from '../../fixtures/reports/second-passages.ts'
import { secondReports } from '../../fixtures/reports/second-reports.ts'
import { thirdPassages } from '../../fixtures/reports/third-passages.ts'
import { thirdReports } from '../../fixtures/reports/third-reports.ts'

const passages = [...firstPassages, ...secondPassages, ...thirdPassages]
const reports = [...firstReports, ...secondReports, ...thirdReports]
const texts = [...passages, ...reports]

const observationsOn = (text: string): Observation[] =>
  checkText(text).flatMap(({ observations }) => observations)

/** Whether an observation is what a label asks for: its rule and severity, on the words or a part of them. */
function agrees(text: string, { rule, severity, words }: Label, observation: Observation): boolean {
  const { offset, excerpt } = observation
  const at = text.indexOf(words)
  return (
    observation.rule === rule &&
    observation.severity === severity &&
    (excerpt.includes(words) || (at < offset + excerpt.length && offset < at + words.length))
  )
}

/** How the rules fared on a text; passes that no label asks for are neither right nor wrong. */
function outcomesOn({ text, labels }: Labelled) {
  const observations = observationsOn(text)
  const isWanted = (observation: Observation) => labels.some((label) => agrees(text, label, observation))
  return {
    right: observations.filter(isWanted),
    wrong: observations.filter((seen) => seen.severity !== 'pass' && !isWanted(seen)),
    missed: labels.filter((label) => !observations.some((seen) => agrees(text, label, seen))),
  }
}

const share = (part: number, rest: number): number => (part + rest === 0 ? 1 : part / (part + rest))

describe('the labelled passages and reports', () => {
  const outcomes = texts.map(outcomesOn)
  const counts = reportRules.map((rule) => {
    const of = (found: readonly { readonly rule: ReportRule }[]) =>
      found.filter((each) => each.rule === rule).length
    const count = (kind: 'right' | 'wrong' | 'missed') =>
      outcomes.reduce((sum, outcome) => sum + of(outcome[kind]), 0)
    const [right, wrong, missed] = [count('right'), count('wrong'), count('missed')]
    return { rule, right, wrong, missed, precision: share(right, wrong), recall: share(right, missed) }
  })

  test('are many, under every rule that looks at one text alone, and half of the passages are clean', () => {
    expect(passages.length).toBeGreaterThanOrEqual(60)
    expect(reports.length).toBeGreaterThanOrEqual(12)
    const clean = passages.filter(({ labels }) => labels.every(({ severity }) => severity === 'pass'))
    expect(clean.length / passages.length).toBeGreaterThan(0.4)
    const labelled = new Set(texts.flatMap(({ labels }) => labels.map(({ rule }) => rule)))
    expect(reportRules.filter((rule) => !labelled.has(rule))).toEqual(['near-copy'])
  })

  test('are judged with a precision of 0.95 and a recall of 0.9 at least, over all and by rule', () => {
    console.table(counts)
    const total = (kind: 'right' | 'wrong' | 'missed') => counts.reduce((sum, each) => sum + each[kind], 0)
    expect(share(total('right'), total('wrong'))).toBeGreaterThanOrEqual(0.95)
    expect(share(total('right'), total('missed'))).toBeGreaterThanOrEqual(0.9)
    expect(counts.filter(({ precision, recall }) => precision < 0.9 || recall < 0.9)).toEqual([])
  })

  test('hold nothing that is wrongly reported or overlooked today', () => {
    const faults = outcomes.flatMap(({ wrong, missed }, index) => {
      const name = texts[index]?.name ?? ''
      return [
        ...wrong.map((seen) => `${name}: ${seen.rule} ${seen.excerpt} ${observationText(seen, 'zh-CN')}`),
        ...missed.map(({ rule, severity, words }) => `${name}: no ${rule} ${severity} ${words}`),
      ]
    })
    expect(faults).toEqual([])
  })
})

test('every observation quotes the text as read, where it says', () => {
  const sentences = texts.flatMap(({ text }) => text.split(/(?<=[。\n])/))
  const noise = fc.constantFrom(
    '\u3000',
    '\n',
    '|',
    '**',
    '\ufeff',
    '　',
    '\t',
    '號(hào)',
    '９',
    '(',
    '〔〕',
    '😀',
    '\r\n',
  )
  const collage = fc
    .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...sentences) }, noise), { maxLength: 40 })
    .map((pieces) => pieces.join(''))
  fc.assert(
    fc.property(collage, (text) => {
      for (const { offset, excerpt } of observationsOn(text)) {
        expect(text.slice(offset, offset + excerpt.length)).toBe(excerpt)
        expect(excerpt).not.toBe('')
      }
    }),
    { numRuns: 150 },
  )
})

test('every observation is told in both languages, with nothing left to fill in', () => {
  for (const observation of texts.flatMap(({ text }) => observationsOn(text))) {
    expect(observationText(observation, 'zh-CN')).toMatch(/[一-鿿]/)
    for (const language of ['zh-CN', 'en'] as const) {
      expect(observationText(observation, language)).not.toMatch(/[{}]|undefined/)
    }
  }
})
