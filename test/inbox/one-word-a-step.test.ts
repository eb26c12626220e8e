import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { finding } from '../../web/locales/zh-CN/finding.ts'
import { inbox } from '../../web/locales/zh-CN/inbox.ts'
import { nav } from '../../web/locales/zh-CN/nav.ts'
import { operation } from '../../web/locales/zh-CN/operation.ts'
import { result } from '../../web/locales/zh-CN/result.ts'
import { selfAssessment } from '../../web/locales/zh-CN/self-assessment.ts'
import { problemTexts } from '../../server/http/problems/texts.ts'

const folder = join(import.meta.dirname, '../../web/locales/zh-CN')
/** Every text in Chinese that a page or a refusal may show, with where it stands. */
async function texts(): Promise<[string, string][]> {
  const found: [string, string][] = []
  const walk = (at: string, value: unknown): void => {
    if (typeof value === 'string') found.push([at, value])
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) walk(`${at}.${key}`, inner)
  }
  for (const file of readdirSync(folder)) walk(file, await import(join(folder, file)))
  walk('problems', problemTexts)
  return found
}

describe('a step has one word', () => {
  /** Words that people would take for another step or another state than the one that has its word already. */
  it.each([
    ['核查整改', /审核|整改核查/],
    ['待核查', /待审核|等待核查/],
    ['退回', /驳回|核查未通过/],
    ['报送整改', /提交整改/],
    ['核查自评', /自评核查/],
  ])('%s, and no other anywhere', async (_, others) => {
    expect((await texts()).filter(([, text]) => others.test(text))).toEqual([])
  })

  it('in the to-dos, the menu, the course of a case and the log', () => {
    expect([nav.rectification, finding.casework.effect.review, result.overview.due.review]).toEqual(
      Array.from({ length: 3 }, () => inbox.type.review),
    )
    expect([nav.verification, selfAssessment.verification.title]).toEqual([
      inbox.type.verify,
      inbox.type.verify,
    ])
    for (const step of ['submitted', 'withdrawn', 'accepted', 'rejected'] as const)
      expect([step, operation.deeds[`finding_${step}`]]).toEqual([step, finding.ledger.course[step]])
  })
})
