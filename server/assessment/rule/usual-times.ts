import type { LedgerKind, Window } from './scheme.ts'

/*
 * Times that rules agree on, for presets, workbooks and forms that say nothing else.
 */

/** Time to rectify where a notice sets no day; the rules leave it open, the schemes settle it. */
export const fifteenWorkingDays: LedgerKind['rectifyWithin'] = { days: 15, count: 'working' }

/** The two halves of self-assessment: forms by 15 July and 15 January of the next year (考核办法 六（一）). */
export const halves: readonly Window[] = [
  {
    key: 'H1',
    name: '上半年',
    ends: { yearOffset: 0, month: 6, day: 30 },
    due: { yearOffset: 0, month: 7, day: 15 },
    weight: null,
  },
  {
    key: 'H2',
    name: '下半年',
    ends: { yearOffset: 0, month: 12, day: 31 },
    due: { yearOffset: 1, month: 1, day: 15 },
    weight: null,
  },
]

/** The year as one window, handed in by 15 January of the next. */
export const wholeYear: readonly Window[] = [
  {
    key: 'year',
    name: '全年',
    ends: { yearOffset: 0, month: 12, day: 31 },
    due: { yearOffset: 1, month: 1, day: 15 },
    weight: null,
  },
]
