import { z } from 'zod'
import type { ResultKind } from '../../db/publications.ts'

/** Asks for 阶段成绩, the result so far, instead of the year's. */
export const interimQuery = { interim: z.literal('1').optional() }

export const kindAsked = (interim: '1' | undefined): ResultKind => (interim === '1' ? 'interim' : 'final')
