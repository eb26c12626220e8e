export const rectification = {
  title: '整改审核',
  sentence: '**{review} 个整改待核查**，{overdue} 个逾期未整改，{soon} 个两周内到期。',
  tab: {
    review: '待核查',
    overdue: '逾期',
    'due-soon': '两周内到期',
  },
  empty: {
    review: '没有待核查的整改',
    overdue: '没有逾期的整改',
    'due-soon': '两周内没有到期的整改',
  },
  emptyText: {
    review: '单位报送整改后出现在这里，由提供单位核查：通过即销号，退回则重新整改。',
    overdue: '期限已过、整改没有通过的问题列在这里。',
    'due-soon': '期限在 14 天内、还没有报送整改的问题列在这里。',
  },
  rank: '名次',
}
