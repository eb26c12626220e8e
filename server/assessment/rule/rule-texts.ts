import type { Decimal } from '../rational.ts'
import { plainPoints, pointsOf, typedNumber, typedText } from '../typed.ts'
import type { LeafScale, ScaleType, Veto } from './scheme.ts'
import { lastVeto } from './scheme-words.ts'

/*
 * What of a rule is written as a line of text, in a workbook's cell as in a form's field: 计分参数 of a leaf's scale, and 一票否决.
 */

const parted = (text: string): string[] =>
  text
    .normalize('NFKC')
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean)

const BEGUN = '逐级'

/** 计分参数 of a scale; null for a free one. */
export function scaleText(scale: LeafScale): string | null {
  switch (scale.type) {
    case 'free':
      return null
    case 'levels':
      return scale.levels.map(({ word, marks }) => `${word}=${marks}`).join('；')
    case 'steps':
      return scale.steps.map(({ atLeast, marks }) => `${atLeast}=${marks}`).join('；')
    case 'rate': {
      const figures = [scale.target, scale.step, scale.off, scale.floor]
      return [...figures, ...(scale.whenBegun ? [BEGUN] : [])].join('；')
    }
    case 'checklist':
      return scale.off
  }
}

const number = (text: string | undefined): string | null => {
  const read = typedNumber(text ?? '')
  return 'value' in read && !read.value.startsWith('-') ? read.value : null
}

/** `A=1；B=2` as pairs; null when it is not. */
function pairs(parts: readonly string[]): { readonly left: string; readonly marks: string }[] | null {
  const read = parts.map((part) => {
    const at = part.lastIndexOf('=')
    const marks = number(part.slice(at + 1))
    return at <= 0 || marks === null ? null : { left: part.slice(0, at).trim(), marks }
  })
  return read.length > 0 && read.every((pair) => pair !== null) ? read : null
}

const scaleOf: Readonly<Record<ScaleType, (parts: readonly string[]) => LeafScale | null>> = {
  free: (parts) => (parts.length === 0 ? { type: 'free' } : null),
  levels: (parts) => {
    const read = pairs(parts)
    return read && { type: 'levels', levels: read.map(({ left, marks }) => ({ word: left, marks })) }
  },
  steps: (parts) => {
    const read = pairs(parts)?.map(({ left, marks }) => ({ atLeast: number(left), marks }))
    if (!read || read.some(({ atLeast }) => atLeast === null)) return null
    return { type: 'steps', steps: read as { atLeast: Decimal; marks: Decimal }[] }
  },
  rate: ([target, step, off, floor, begun, ...rest]) => {
    const [t, s, o, f] = [number(target), number(step), number(off), number(floor)]
    if (t === null || s === null || o === null || f === null || Number(s) <= 0 || rest.length > 0) return null
    if (begun !== undefined && typedText(begun) !== BEGUN) return null
    return { type: 'rate', target: t, step: s, off: o, floor: f, whenBegun: begun !== undefined }
  },
  checklist: ([off, ...rest]) => {
    const figure = number(off)
    return figure === null || rest.length > 0 ? null : { type: 'checklist', off: figure }
  },
}

/** The scale of a type that 计分参数 describes; null when they do not fit it. */
export const readScaleText = (type: ScaleType, text: string): LeafScale | null => scaleOf[type](parted(text))

/** One veto as the rule writes it: a grade's name, a number, or 末位. */
function vetoWord(veto: Veto): string {
  switch (veto.type) {
    case 'grade':
      return veto.grade
    case 'at-most':
      return plainPoints(veto.composite)
    case 'last':
      return lastVeto
  }
}

/** 一票否决, several joined by ；. */
export const vetoText = (vetoes: readonly Veto[]): string => vetoes.map(vetoWord).join('；')

/** The vetoes of a text, grades by their names; or the part of it that is none. */
export function readVetoText(
  text: string,
  grades: readonly string[],
): { readonly vetoes: readonly Veto[] } | { readonly unknown: string } {
  const vetoes: Veto[] = []
  for (const part of parted(text)) {
    const grade = grades.find((name) => typedText(name) === typedText(part))
    const points = number(part)
    const composite = points === null ? null : pointsOf(points)
    if (typedText(part) === lastVeto) vetoes.push({ type: 'last' })
    else if (grade !== undefined) vetoes.push({ type: 'grade', grade })
    else if (composite !== null) vetoes.push({ type: 'at-most', composite })
    else return { unknown: part }
  }
  return { vetoes }
}
