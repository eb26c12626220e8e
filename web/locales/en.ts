import { reminders } from './en/reminders.ts'
import { rectification } from './en/rectification.ts'
import { record } from './en/record.ts'
import { inbox } from './en/inbox.ts'
import { evidence } from './en/evidence.ts'
import { deductions } from './en/deductions.ts'
import { casework } from './en/casework.ts'
import { appeals } from './en/appeals.ts'
import { bonus } from './en/bonus.ts'
import { accounts } from './en/accounts.ts'
import { circular } from './en/circular.ts'
import { charts } from './en/charts.ts'
import { course } from './en/course.ts'
import { newYear } from './en/new-year.ts'
import { effects } from './en/effects.ts'
import { exchange } from './en/exchange.ts'
import { home } from './en/home.ts'
import { insight } from './en/insight.ts'
import { ledger } from './en/ledger.ts'
import { nav } from './en/nav.ts'
import { overview } from './en/overview.ts'
import { password } from './en/password.ts'
import { publication } from './en/publication.ts'
import { ranking } from './en/ranking.ts'
import { robustness } from './en/robustness.ts'
import { scorecard } from './en/scorecard.ts'
import { scheme } from './en/scheme.ts'
import { self } from './en/self.ts'
import { setup } from './en/setup.ts'
import { shell } from './en/shell.ts'
import { signIn } from './en/sign-in.ts'
import { simulation } from './en/simulation.ts'
import { start } from './en/start.ts'
import { states } from './en/states.ts'
import { third } from './en/third.ts'
import { units } from './en/units.ts'
import { vocabulary } from './en/vocabulary.ts'
import { wall } from './en/wall.ts'
import { profile } from './en/profile.ts'
import type { zhCN } from './zh-CN.ts'

/** English, complete: a text missing here does not compile. */
export const en = {
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
} satisfies typeof zhCN
