import { z } from 'zod'
import { checkScheme } from '#assessment/rule/check-scheme'
import { schemeProblemCodes } from '#assessment/rule/scheme-problem'
import { schemeProblemWords } from '#assessment/rule/scheme-problem-words'
import type { Scheme } from '#assessment/rule/scheme'
import { stages } from '#assessment/vocabulary'
import type { VisibleScheme, VisibleStored } from '../access/visible-schemes.ts'
import type { StoredScheme } from '../../db/schemes.ts'
import type { Language } from '#assessment/language'
import { schemeBody } from './body.ts'
import { etagOf } from '../http/if-match.ts'
import { asView } from '../http/wire.ts'

export const schemeItem = z
  .object({
    id: z.string(),
    name: z.string(),
    version: z.int(),
    createdAt: z.string(),
    /** No assessment has opened on it, so it can still change. */
    draft: z.boolean(),
    usedBy: z.array(z.object({ id: z.string(), name: z.string(), year: z.int(), stage: z.enum(stages) })),
  })
  .meta({ id: 'SchemeItem' })

export const schemeSchema = schemeBody.meta({ id: 'Scheme', description: '考核办法' })

const schemeProblem = z.object({
  path: z.string(),
  code: z.enum(schemeProblemCodes),
  warning: z.boolean(),
  message: z.string(),
})

export const schemeDetail = schemeItem.extend({
  scheme: schemeSchema,
  problems: z.array(schemeProblem),
  etag: z.string(),
})

export const schemeItemOf = ({ row, assessments, used }: VisibleScheme): z.infer<typeof schemeItem> =>
  asView(schemeItem, { ...row, draft: !used, usedBy: [...assessments] })

export const problemsOf = (scheme: Scheme, language: Language): z.infer<typeof schemeProblem>[] =>
  checkScheme(scheme).map((problem) => ({ ...problem, message: schemeProblemWords[problem.code][language] }))

/** Changes with every change of the scheme's text. */
export const schemeEtag = ({ version, scheme }: Pick<StoredScheme, 'version' | 'scheme'>): string =>
  etagOf({ version, scheme })

export const schemeDetailOf = (visible: VisibleStored, language: Language): z.infer<typeof schemeDetail> => ({
  ...schemeItemOf(visible),
  scheme: visible.stored.scheme,
  problems: problemsOf(visible.stored.scheme, language),
  etag: schemeEtag(visible.stored),
})
