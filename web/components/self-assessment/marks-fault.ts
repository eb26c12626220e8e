import { t } from '../../i18n.ts'
import { numberFault } from '../ui/number-fault.ts'
import type { UnreadMarks } from './marks-text.ts'

/** What is wrong with marks as typed, in words. */
export const marksFault = ({ fault }: UnreadMarks, text: string, full: string): string =>
  fault === 'above-full' || fault === 'not-a-number'
    ? t(`selfAssessment.fault.${fault}`, { value: text.trim(), full })
    : numberFault(text, fault)
