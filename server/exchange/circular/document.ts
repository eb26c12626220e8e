/** A column of a table in an official document; `share` of the line's width, all shares of a table sum to 100. */
export interface TableColumn {
  readonly name: string
  readonly share: number
  readonly align: 'left' | 'center' | 'right'
}

/** The parts of an official document 公文 in the order of GB/T 9704-2012, as text without any layout. */
export type Block =
  | { readonly type: 'title'; readonly lines: readonly string[] }
  /** 主送机关. */
  | { readonly type: 'addressee'; readonly text: string }
  /** 一、 or （一）; `run` is body text that goes on in the same line. */
  | { readonly type: 'heading'; readonly level: 1 | 2; readonly text: string; readonly run: string }
  | { readonly type: 'paragraph'; readonly text: string }
  /** 附件说明. */
  | { readonly type: 'attachment-note'; readonly text: string }
  /** 发文机关署名 and 成文日期. */
  | { readonly type: 'signature'; readonly issuer: string; readonly date: string }
  /** 附件, on a page of its own. */
  | { readonly type: 'attachment'; readonly label: string; readonly title: string }
  | { readonly type: 'caption'; readonly text: string }
  | {
      readonly type: 'table'
      readonly columns: readonly TableColumn[]
      readonly rows: readonly (readonly string[])[]
    }
  /** Small print under a table. */
  | { readonly type: 'note'; readonly text: string }
  /** 版记: 抄送 and 印发, at the foot of the last page. */
  | {
      readonly type: 'imprint'
      readonly lines: readonly string[]
      readonly printed: readonly [string, string]
    }

/** An official document as data; what writes it decides how it looks. */
export interface OfficialDocument {
  /** 发文机关标志; stands only on the red-headed variant. */
  readonly mark: string
  /** 发文字号. */
  readonly number: string
  readonly blocks: readonly Block[]
}

/** How the head is printed: no head 普通, room left for printed paper 套打, or the head in red 红头. */
export const variants = ['plain', 'overprint', 'red-head'] as const
export type Variant = (typeof variants)[number]

const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** A number from 1 to 99 as in 一、 and （十二）. */
export const chineseNumber = (value: number): string => {
  const [tens, ones] = [Math.floor(value / 10), value % 10]
  return `${tens > 1 ? digits[tens] : ''}${tens > 0 ? '十' : ''}${digits[ones]}`
}

/** A day as 成文日期, in Arabic numerals: 2018年2月26日. */
export function dayInChinese(day: string): string {
  const [year, month, date] = day.split('-')
  return `${year}年${Number(month)}月${Number(date)}日`
}
