import { describe, expect, it, test } from 'vitest'
import { readScaleText, readVetoText, scaleText, vetoText } from '#assessment/rule/rule-texts'
import type { LeafScale, ScaleType, Veto } from '#assessment/rule/scheme'

describe('计分参数 of a leaf', () => {
  const rate = { type: 'rate', target: '95', step: '1', off: '0.5', floor: '0' } as const
  const scales: [LeafScale, string | null][] = [
    [{ type: 'free' }, null],
    [
      {
        type: 'levels',
        levels: [
          { word: '好', marks: '5' },
          { word: '差', marks: '1.5' },
        ],
      },
      '好=5；差=1.5',
    ],
    [
      {
        type: 'steps',
        steps: [
          { atLeast: '12', marks: '5' },
          { atLeast: '6.5', marks: '3' },
        ],
      },
      '12=5；6.5=3',
    ],
    [{ ...rate, whenBegun: false }, '95；1；0.5；0'],
    [{ ...rate, whenBegun: true }, '95；1；0.5；0；逐级'],
    [{ type: 'checklist', off: '0.5' }, '0.5'],
  ]

  test.each(scales)('%j is written as %s, and read back', (scale, text) => {
    expect(scaleText(scale)).toBe(text)
    expect(readScaleText(scale.type, text ?? '')).toEqual(scale)
  })

  it('is read as it is typed: half-width or full-width, with 分 and %, with blanks', () => {
    expect(readScaleText('levels', ' Ａ＝１０分; B = 5 ；')).toEqual({
      type: 'levels',
      levels: [
        { word: 'A', marks: '10' },
        { word: 'B', marks: '5' },
      ],
    })
    expect(readScaleText('rate', '95%；1%；0.5分；0；逐 级')).toEqual({ ...rate, whenBegun: true })
  })

  const refused: [string, ScaleType, string][] = [
    ['parameters where marks are free', 'free', '5'],
    ['no level', 'levels', ''],
    ['a level without a word', 'levels', '=5'],
    ['a level without marks', 'levels', '好=5；差'],
    ['a level whose marks are no number', 'levels', '好=五'],
    ['a level with negative marks', 'levels', '好=5；差=-1'],
    ['no step', 'steps', ''],
    ['a step that is no number', 'steps', '12=5；几=3'],
    ['a negative step', 'steps', '-1=5'],
    ['a rate without a target', 'rate', '高；1；0.5；0'],
    ['a rate without a step', 'rate', '95'],
    ['a rate without a deduction', 'rate', '95；1'],
    ['a rate without a floor', 'rate', '95；1；0.5'],
    ['a rate in steps of 0', 'rate', '95；0；0.5；0'],
    ['a rate with another word for 逐级', 'rate', '95；1；0.5；0；按级'],
    ['a rate with one figure too many', 'rate', '95；1；0.5；0；逐级；1'],
    ['a checklist without a deduction', 'checklist', ''],
    ['a checklist with two deductions', 'checklist', '0.5；1'],
  ]
  test.each(refused)('refuses %s', (_, type, text) => expect(readScaleText(type, text)).toBeNull())
})

describe('一票否决 of a kind', () => {
  const grades = ['优秀', '合格']
  const vetoes: Veto[] = [
    { type: 'grade', grade: '合格' },
    { type: 'at-most', composite: 5950 },
    { type: 'last' },
  ]

  it('is written as a grade, a number or 末位, and read back', () => {
    expect(vetoText(vetoes)).toBe('合格；59.5；末位')
    expect(readVetoText(vetoText(vetoes), grades)).toEqual({ vetoes })
    expect(readVetoText('', grades)).toEqual({ vetoes: [] })
  })

  it('names the part that is neither', () => {
    expect(readVetoText('合格；甲等', grades)).toEqual({ unknown: '甲等' })
    expect(readVetoText('59.555', grades)).toEqual({ unknown: '59.555' })
  })
})
