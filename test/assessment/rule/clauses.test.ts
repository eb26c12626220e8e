import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clauseNamed, clausesOf } from '#assessment/rule/clauses'

describe('the text of a rule in clauses', () => {
  it('numbers each clause with those above it, as others name it', () => {
    const text = [
      '市政务公开考核办法',
      '一、总则',
      '本办法适用于各县区。',
      '',
      '四、考核办法',
      '　（一）平时考核。占30分。',
      '1. 上级检查通报的，每个扣1.5分。',
      '2．举报查实的，每个扣1.5分。',
      '（1）市级举报',
      '① 电话举报',
      '（二）自我考核。',
      '1、上半年。',
    ].join('\n')
    expect(clausesOf(text).map(({ number }) => number)).toEqual([
      '前言',
      '一',
      '四',
      '四（一）',
      '四（一）1',
      '四（一）2',
      '四（一）2（1）',
      '四（一）2（1）①',
      '四（二）',
      '四（二）1',
    ])
    expect(clausesOf(text)[1]).toEqual({ number: '一', text: '总则\n本办法适用于各县区。' })
    expect(clausesOf(text)[4]?.text).toBe('上级检查通报的，每个扣1.5分。')
  })

  it('gives an article its own number in whatever chapter it stands, and what stands in it below', () => {
    const text =
      '第一章 总则\n第一条 为了推进政务公开。\n第二条 考核坚持：\n（一）公开公正；\n第二章 考核\n第三条 每年一次。'
    expect(clausesOf(text).map(({ number }) => number)).toEqual([
      '第一章',
      '第一条',
      '第二条',
      '第二条（一）',
      '第二章',
      '第三条',
    ])
  })

  it('tells a number at the beginning of a line from a figure, and an annex from the text before it', () => {
    expect(clausesOf('一、分值\n1.5分一个').map(({ number }) => number)).toEqual(['一'])
    expect(clausesOf('一、甲\n二、乙\n附件\n一、丙').map(({ number }) => number)).toEqual([
      '一',
      '二',
      '一·2',
    ])
    expect(clausesOf(' \n\n')).toEqual([])
  })

  it('numbers are never blank or alike, and no word is lost', () => {
    const line = fc
      .tuple(
        fc.constantFrom(
          '',
          '一、',
          '二、',
          '（一）',
          '（二）',
          '1.',
          '2.',
          '（1）',
          '第一条',
          '第二章 ',
          '①',
        ),
        fc.string({ maxLength: 12, unit: fc.constantFrom(...'政务公开考核。，分') }),
      )
      .map(([start, words]) => start + words)
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const clauses = clausesOf(lines.join('\n'))
        const numbers = clauses.map(({ number }) => number)
        expect(new Set(numbers).size).toBe(numbers.length)
        expect(numbers.every((number) => number.trim() !== '')).toBe(true)
        const words = (text: string): number => [...text].filter((character) => character === '政').length
        expect(clauses.reduce((sum, { text }) => sum + words(text), 0)).toBe(words(lines.join('')))
      }),
    )
  })
})

describe('a clause named beside a number', () => {
  const clauses = clausesOf(
    '一、总则\n四、考核办法\n（一）平时考核\n1. 通报\n（三）第三方评估\n六、程序\n（一）报送',
  )

  it('opens the most exact clause that the name speaks of', () => {
    const numberOf = (reference: string) => clauseNamed(clauses, reference)?.number
    expect(numberOf('考核办法 四（一）1')).toBe('四（一）1')
    expect(numberOf('考核办法 四(一)')).toBe('四（一）')
    expect(numberOf('考核办法 六（一）至（三）')).toBe('六（一）')
    expect(numberOf('四')).toBe('四')
    expect(numberOf('四（二）')).toBe('四')
  })

  it('opens nothing where the text has no such clause', () => {
    expect(clauseNamed(clauses, '')).toBeUndefined()
    expect(clauseNamed(clauses, '统一考核办法')).toBeUndefined()
    expect(clauseNamed([], '四（一）')).toBeUndefined()
  })
})
