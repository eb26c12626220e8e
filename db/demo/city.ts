import type { Role, UnitKind } from '#assessment/vocabulary'

/** The fictional city. No place of these names exists. */
export const cityName = '澜江市'
export const countyGroup = '县区和开发区'
export const departmentGroup = '市直部门'

export interface Place {
  readonly name: string
  readonly kind: UnitKind
  /** Name of the unit above; null = the city. */
  readonly parent: string | null
  /** Ranking group; null when it does not take part. */
  readonly group: string | null
  /** What it is concerned with: its name without the place. */
  readonly field: string
}

const counties: Readonly<Record<string, readonly string[]>> = {
  望澜区: ['教育局', '财政局', '住建局', '卫健局', '民政局', '人社局', '城管局', '市场监管局'],
  鹭洲区: ['教育局', '财政局', '住建局', '卫健局', '民政局', '文旅局', '商务局', '行政审批局'],
  云陵区: ['教育局', '财政局', '自然资源局', '卫健局', '民政局', '人社局', '应急局', '生态环境局'],
  桐浦县: ['教育局', '财政局', '住建局', '农业农村局', '水利局', '卫健局', '交通局', '自然资源局'],
  霁川县: ['教育局', '财政局', '民政局', '农业农村局', '水利局', '林业局', '卫健局', '市场监管局'],
  白岫县: ['教育局', '财政局', '住建局', '农业农村局', '人社局', '文旅局', '医保局', '自然资源局'],
  北塬县: ['教育局', '财政局', '民政局', '农业农村局', '交通局', '水利局', '卫健局', '审计局'],
  岚桥县: ['教育局', '财政局', '住建局', '农业农村局', '应急局', '生态环境局', '人社局', '卫健局'],
}

const zones: Readonly<Record<string, readonly string[]>> = {
  澜江高新区: ['科技局', '财政局', '住建局', '行政审批局', '应急局', '生态环境局', '教育局', '市场监管局'],
  澜江经开区: ['工信局', '财政局', '住建局', '行政审批局', '应急局', '商务局', '自然资源局', '人社局'],
}

const municipal =
  '发改委 教育局 科技局 工信局 公安局 民政局 司法局 财政局 人社局 自然资源局 生态环境局 住建局 城管局 交通局 水利局 农业农村局 商务局 文旅局 卫健委 应急局 ' +
  '审计局 国资委 市场监管局 统计局 医保局 退役军人局 信访局 林业局 体育局 金融局 行政审批局 大数据局 机关事务局 档案局 供销社 人防办 税务局 地震局 气象局 公积金中心'

const below = (
  places: Readonly<Record<string, readonly string[]>>,
  kind: UnitKind,
  seat: string,
  field: string,
): Place[] =>
  Object.entries(places).flatMap(([place, departments]): Place[] => {
    const name = `${place}${seat}`
    return [
      { name, kind, parent: null, group: countyGroup, field },
      ...departments.map((department): Place => ({
        name: `${place}${department}`,
        kind: 'county-department',
        parent: name,
        group: null,
        field: department,
      })),
    ]
  })

/** Every unit below the city, in unit order; a unit follows the one above it. */
export const places: readonly Place[] = [
  ...below(counties, 'county', '政府', '县区政府'),
  ...below(zones, 'zone', '管委会', '管委会'),
  ...municipal.split(' ').map((name): Place => ({
    name: `市${name}`,
    kind: 'department',
    parent: null,
    group: departmentGroup,
    field: name,
  })),
  ...['市政府办公室', '督查组', '市政府新闻办'].map((name): Place => ({
    name,
    kind: 'agency',
    parent: null,
    group: null,
    field: name,
  })),
]

/** The department and the county whose people have accounts. */
export const demoDepartment = '市自然资源局'
const demoCounty = '望澜区政府'

export interface Person {
  readonly username: string
  readonly name: string
  readonly role: Role
  /** Name of the unit; null = none. */
  readonly unit: string | null
}

/** The demo accounts of contract.md. */
export const people = [
  { username: 'office', name: '陈静', role: 'office', unit: cityName },
  { username: 'office2', name: '许知远', role: 'office', unit: cityName },
  { username: 'agency', name: '方晓岚', role: 'agency', unit: '市政府办公室' },
  { username: 'inspection', name: '梁克勤', role: 'agency', unit: '督查组' },
  { username: 'press', name: '周敏', role: 'agency', unit: '市政府新闻办' },
  { username: 'police', name: '石磊', role: 'agency', unit: '市公安局' },
  { username: 'editor', name: '何静', role: 'editor', unit: demoDepartment },
  { username: 'head', name: '林伟成', role: 'head', unit: demoDepartment },
  { username: 'county-editor', name: '沈秋萍', role: 'editor', unit: demoCounty },
  { username: 'county-head', name: '丁向东', role: 'head', unit: demoCounty },
  { username: 'leader', name: '顾明川', role: 'leader', unit: cityName },
  { username: 'system', name: '罗文浩', role: 'system', unit: null },
  { username: 'security', name: '孟繁星', role: 'security', unit: null },
  { username: 'audit', name: '宋秉正', role: 'audit', unit: null },
] as const satisfies readonly Person[]
