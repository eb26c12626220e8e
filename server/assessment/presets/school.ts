import type { Indicator, Scheme } from '../rule/scheme.ts'
import { wholeYear } from '../rule/usual-times.ts'
import { area, leaf } from './tree.ts'
import { usual } from './usual.ts'

const dueInTime = '在网站或公示栏公开，内容形成或变更后 30 日内更新；缺项不得分，逾期得一半'

const disclosed = (key: string, name: string, full: string): Indicator =>
  leaf(key, name, full, dueInTime, '公开页面或公示照片')

/** 学校或医院主动公开清单: eleven kinds of content, checked item by item within 30 days. */
export const school: Scheme = {
  name: '学校信息公开清单考核办法',
  source: '学校信息公开工作实施方案',
  components: [
    {
      key: 'checklist',
      name: '主动公开清单',
      weight: 10_000,
      clause: '实施方案 二（一）',
      method: 'verified-marks',
      variants: [],
      windows: wholeYear,
      missingWindow: 'zero',
      indicators: [
        area('1', '学校管理', '教育行政部门', '实施方案 二（一）1–3', [
          disclosed('1.1', '基本情况', '9'),
          disclosed('1.2', '规章制度和办事流程', '9'),
          disclosed('1.3', '发展规划和工作计划', '9'),
        ]),
        area('2', '招生、收费和教学', '教育行政部门', '实施方案 二（一）4–6', [
          disclosed('2.1', '招生、学籍和减免', '9'),
          disclosed('2.2', '收费项目和监督电话', '10'),
          disclosed('2.3', '教学科研和课程设置', '9'),
        ]),
        area('3', '人事、采购和财务', '教育行政部门', '实施方案 二（一）7–9', [
          disclosed('3.1', '招聘、职称和绩效', '9'),
          disclosed('3.2', '采购、基建和租赁', '9'),
          disclosed('3.3', '经费收支和受赠', '9'),
        ]),
        area('4', '安全和其他', '教育行政部门', '实施方案 二（一）10–11', [
          disclosed('4.1', '用餐、安全和应急预案', '9'),
          disclosed('4.2', '其他应当公开的情况', '9'),
        ]),
      ],
    },
  ],
  ...usual,
  clauses: [
    { number: '二（一）', text: '应当主动公开的十一类内容逐项检查，在网站或公示栏公开。' },
    { number: '二（一）1–3', text: '学校基本情况；规章制度和办事流程；发展规划和工作计划。' },
    { number: '二（一）4–6', text: '招生、学籍和减免；收费；教学科研和课程设置。' },
    { number: '二（一）7–9', text: '招聘、职称和绩效；采购、基建和租赁；经费收支和受赠。' },
    { number: '二（一）10–11', text: '用餐、活动、安全和应急预案；其他应当公开的情况。' },
    { number: '三', text: '内容形成或变更后 30 日内公开，学校每年自查一次。' },
  ],
  english: {
    学校信息公开清单考核办法: 'Disclosure checklist of a school',
    主动公开清单: 'Disclosure checklist',
    全年: 'Whole year',
    学校管理: 'Management',
    '招生、收费和教学': 'Admission, fees and teaching',
    '人事、采购和财务': 'Staff, purchasing and finance',
    安全和其他: 'Safety and others',
    优秀: 'Excellent',
    良好: 'Good',
    合格: 'Pass',
    不合格: 'Fail',
    基本情况: 'The school in brief',
    规章制度和办事流程: 'Rules and procedures',
    发展规划和工作计划: 'Development and work plans',
    '招生、学籍和减免': 'Admission, enrolment and reductions',
    收费项目和监督电话: 'Fees and where to complain',
    教学科研和课程设置: 'Teaching, research and courses',
    '招聘、职称和绩效': 'Recruitment, titles and performance',
    '采购、基建和租赁': 'Purchasing, building and leasing',
    经费收支和受赠: 'Income, spending and gifts',
    '用餐、安全和应急预案': 'Meals, safety and emergency plans',
    其他应当公开的情况: 'Other matters to be made public',
    清单自查报送: 'Checklist handed in',
  },
  milestones: [
    { key: 'self', name: '清单自查报送', due: { yearOffset: 1, month: 1, day: 15 }, clause: '实施方案 三' },
  ],
}
