/** When a problem costs its points: the day it is notified, or the day after an unmet deadline. */
export const triggers = ['at-once', 'if-not-rectified'] as const
export type Trigger = (typeof triggers)[number]

/** What a trigger means wherever more hangs on it than the day on which points are lost (for which see `traceFinding`). */
interface TriggerMeaning {
  /** 触发 in a workbook. */
  readonly word: string
  /** When points are lost: in a few words, and in full. */
  readonly told: string
  readonly toldInFull: string
  /** Points hang on the deadline: it is recorded with the notice, may be extended, is reminded of, and is provisional while holidays are unknown. */
  readonly hasDeadline: boolean
  /** Rectifying saves points; only such problems make up the figures of 限期整改. */
  readonly rectifyingSaves: boolean
  /** What a unit that lost points this way is told 整改意见. */
  readonly advice: string
}

export const triggerMeaning: Readonly<Record<Trigger, TriggerMeaning>> = {
  'at-once': {
    word: '立即',
    told: '通知之日起扣分',
    toldInFull: '自通知之日起扣分',
    hasDeadline: false,
    rectifyingSaves: false,
    advice: '这类问题自通知之日起扣分，整改不能挽回，要在日常工作中事先防止。',
  },
  'if-not-rectified': {
    word: '逾期未整改',
    told: '超过整改期限仍未整改才扣分',
    toldInFull: '在整改期限之后仍未整改的扣分，限期内报送且未被退回的不扣',
    hasDeadline: true,
    rectifyingSaves: true,
    advice: '这类问题在期限内报送整改并通过核查的不扣分，今后收到通知要按期办结。',
  },
}

/** What a rule means that does not say when points are lost. */
export const usualTrigger: Trigger = 'at-once'
