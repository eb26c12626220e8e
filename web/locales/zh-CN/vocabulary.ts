export const vocabulary = {
  pending: '待定',
  trial: '试算，未发布',
  stage: {
    draft: '起草',
    open: '考核中',
    aggregating: '汇总中',
    published: '已发布',
    archived: '已归档',
  },
  role: {
    office: '考核办',
    agency: '提供单位、责任单位',
    editor: '填报员',
    head: '单位负责人',
    leader: '领导',
    system: '系统管理员',
    security: '安全管理员',
    audit: '审计管理员',
  },
  unitKind: {
    city: '市',
    county: '县区',
    zone: '开发区',
    department: '市直部门',
    'county-department': '县区部门',
    township: '乡镇街道',
    section: '科室',
    school: '学校',
    hospital: '医院',
    agency: '机构',
  },
  /** When a problem costs its points: as a rule says it, of a kind to be chosen, and of one finding. */
  trigger: {
    rule: { 'at-once': '通知即扣', 'if-not-rectified': '逾期未整改才扣' },
    kind: { 'at-once': '通知即扣分', 'if-not-rectified': '逾期未整改扣分' },
    finding: {
      'at-once': '（{points} 分，立即扣分）',
      'if-not-rectified': '（{points} 分，逾期未整改扣分）',
    },
  },
}
