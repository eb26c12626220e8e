import { reminders } from './zh-CN/reminders.ts'
import { rectification } from './zh-CN/rectification.ts'
import { record } from './zh-CN/record.ts'
import { inbox } from './zh-CN/inbox.ts'
import { evidence } from './zh-CN/evidence.ts'
import { deductions } from './zh-CN/deductions.ts'
import { casework } from './zh-CN/casework.ts'
import { appeals } from './zh-CN/appeals.ts'
import { bonus } from './zh-CN/bonus.ts'
import { accounts } from './zh-CN/accounts.ts'
import { circular } from './zh-CN/circular.ts'
import { charts } from './zh-CN/charts.ts'
import { course } from './zh-CN/course.ts'
import { newYear } from './zh-CN/new-year.ts'
import { effects } from './zh-CN/effects.ts'
import { exchange } from './zh-CN/exchange.ts'
import { home } from './zh-CN/home.ts'
import { insight } from './zh-CN/insight.ts'
import { ledger } from './zh-CN/ledger.ts'
import { nav } from './zh-CN/nav.ts'
import { overview } from './zh-CN/overview.ts'
import { password } from './zh-CN/password.ts'
import { publication } from './zh-CN/publication.ts'
import { ranking } from './zh-CN/ranking.ts'
import { robustness } from './zh-CN/robustness.ts'
import { scorecard } from './zh-CN/scorecard.ts'
import { scheme } from './zh-CN/scheme.ts'
import { self } from './zh-CN/self.ts'
import { setup } from './zh-CN/setup.ts'
import { shell } from './zh-CN/shell.ts'
import { signIn } from './zh-CN/sign-in.ts'
import { simulation } from './zh-CN/simulation.ts'
import { start } from './zh-CN/start.ts'
import { states } from './zh-CN/states.ts'
import { third } from './zh-CN/third.ts'
import { units } from './zh-CN/units.ts'
import { vocabulary } from './zh-CN/vocabulary.ts'
import { wall } from './zh-CN/wall.ts'
import { profile } from './zh-CN/profile.ts'

/** The source of all texts; its shape is the shape of every other language. */
export const zhCN = {
  accounts,
  appeals,
  bonus,
  casework,
  deductions,
  evidence,
  inbox,
  record,
  rectification,
  reminders,
  charts,
  course,
  newYear,
  effects,
  circular,
  exchange,
  home,
  insight,
  ledger,
  nav,
  overview,
  password,
  profile,
  publication,
  ranking,
  robustness,
  scorecard,
  scheme,
  self,
  setup,
  shell,
  signIn,
  simulation,
  start,
  states,
  third,
  units,
  vocabulary,
  wall,
}
