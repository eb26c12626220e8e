import { entry, type ProblemEntry } from './entry.ts'

/** Why a self-assessment or its verification is refused, and what a person can do about it. */
export const selfAssessmentProblemTexts = {
  'self-locked': entry(
    409,
    ['现在不能填写', '本期自评现为“{state}”，不能修改；如需更正，请单位负责人撤回，或请责任单位退回。'],
    [
      'Not open for filling in',
      'This self-assessment is {state}. To correct it, let the unit’s head withdraw it or the responsible unit return it.',
    ],
  ),
  'self-step-not-possible': entry(
    409,
    ['现在不能这样办理', '本期自评现为“{state}”，不能进行这一步。'],
    ['Not possible now', 'This self-assessment is {state}; this step cannot be taken now.'],
  ),
  'self-incomplete': entry(
    422,
    ['还有未填的指标', '有 {count} 项指标还没有自评分；请补齐，或者确认按未填报送。'],
    [
      'Some indicators are unanswered',
      '{count} indicator(s) have no claimed marks. Fill them in, or confirm handing in without them.',
    ],
  ),
  'claim-above-full': entry(
    422,
    ['分数超过满分', '{value} 超过满分 {full}。'],
    ['Above the full marks', '{value} is above the full marks, {full}.'],
  ),
  'own-unit-verification': entry(
    403,
    ['不能核查本单位', '核查须回避本单位的自评，由其他责任单位或者考核办办理。'],
    ['Not your own unit', 'Nobody verifies their own unit; another responsible unit or the office does it.'],
  ),
  'area-not-yours': entry(
    403,
    ['不是责任单位', '这项指标由“{responsible}”核查。'],
    ['Not the responsible unit', 'This indicator is verified by {responsible}.'],
  ),
  'sign-off-not-possible': entry(
    409,
    ['现在不能这样办理', '自评已经送请审定，或者还没有人请审定。请刷新后再看。'],
    ['Not possible now', 'The form waits for the head already, or nobody asked. Look again.'],
  ),
  'mark-reason-required': entry(
    422,
    ['请写明理由', '核查分与自评分不同，须写明理由。'],
    ['Say why', 'The verified marks differ from the claimed ones; a reason is needed.'],
  ),
  'self-form-invalid': entry(
    422,
    ['自评表有误', '自评表中有 {count} 处错误，没有写入任何内容。'],
    ['The form has errors', 'The form has {count} error(s); nothing was taken over.'],
  ),
} as const satisfies Record<string, ProblemEntry>
