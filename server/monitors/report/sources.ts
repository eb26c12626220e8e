import type { Language } from '../../assessment/language.ts'

/** The regulation and the form that a report answers to, by its year. */
export const eras = ['2007', '2019', '2021'] as const
export type Era = (typeof eras)[number]

/** The regulation of 2019 holds for reports on 2019, the form of 2021 for those on 2021. */
export const eraOf = (year: number): Era => (year < 2019 ? '2007' : year < 2021 ? '2019' : '2021')

/** Clauses and forms that rules rest on. */
export const sources = {
  'contents-2007': {
    'zh-CN': '《政府信息公开条例》（2007年）第三十二条',
    en: 'Regulation on Open Government Information (2007), art. 32',
  },
  'contents-2019': {
    'zh-CN': '《政府信息公开条例》（2019年修订）第五十条；国办公开办函〔2019〕60号',
    en: 'Regulation on Open Government Information (2019), art. 50; form of 2019 (no. 60)',
  },
  'contents-2021': {
    'zh-CN': '《政府信息公开条例》（2019年修订）第五十条；国办公开办函〔2021〕30号',
    en: 'Regulation on Open Government Information (2019), art. 50; form of 2021 (no. 30)',
  },
  'year-2007': {
    'zh-CN': '《政府信息公开条例》（2007年）第三十一条',
    en: 'Regulation on Open Government Information (2007), art. 31',
  },
  'year-2019': {
    'zh-CN': '《政府信息公开条例》（2019年修订）第四十九条',
    en: 'Regulation on Open Government Information (2019), art. 49',
  },
  accuracy: {
    'zh-CN': '《政府信息公开条例》第六条：及时、准确公开',
    en: 'Regulation on Open Government Information, art. 6: prompt and accurate',
  },
  statistics: { 'zh-CN': '政府信息公开情况统计表的勾稽关系', en: 'Cross-footing of the statistics form' },
  'requests-form': {
    'zh-CN': '年度报告格式表三：第一项加第二项之和，等于第三项加第四项之和',
    en: 'Annual report form, table three: items one and two together equal items three and four',
  },
  'disputes-form': {
    'zh-CN': '年度报告格式表四：各项之和等于总计',
    en: 'Annual report form, table four: the columns add to their total',
  },
  'documents-form': {
    'zh-CN': '年度报告格式（2019年）表二：对外公开总数量',
    en: 'Annual report form (2019), table two: all that is disclosed',
  },
  'regulation-name': {
    'zh-CN': '国务院令第492号、第711号：《中华人民共和国政府信息公开条例》',
    en: 'State Council decrees 492 and 711: the regulation’s full name',
  },
  'regulation-2019': {
    'zh-CN': '国务院令第711号：修订后的条例自2019年5月15日起施行',
    en: 'State Council decree 711: the revised regulation is in force from 15 May 2019',
  },
  'form-2021': {
    'zh-CN': '国办公开办函〔2021〕30号：自2021年度报告起执行',
    en: 'Form of 2021 (no. 30), for reports on 2021 and later',
  },
  'fees-2019': {
    'zh-CN': '《政府信息公开条例》（2019年修订）第四十二条',
    en: 'Regulation on Open Government Information (2019), art. 42',
  },
  layout: { 'zh-CN': 'GB/T 9704—2012《党政机关公文格式》7.3.3', en: 'GB/T 9704—2012, 7.3.3' },
  website: {
    'zh-CN': '《政府网站发展指引》（国办发〔2017〕47号）',
    en: 'Guidelines for government websites (2017, no. 47)',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>
export type Source = keyof typeof sources

export const contentsSource: Readonly<Record<Era, Source>> = {
  '2007': 'contents-2007',
  '2019': 'contents-2019',
  '2021': 'contents-2021',
}
export const yearSource: Readonly<Record<Era, Source>> = {
  '2007': 'year-2007',
  '2019': 'year-2019',
  '2021': 'year-2019',
}
