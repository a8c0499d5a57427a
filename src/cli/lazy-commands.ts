/* eslint-disable @typescript-eslint/no-require-imports -- A command is loaded when it is called, so that `belay
   --help` and a rollback do not pay for the others; a native import() needs file extensions that the tests' resolver
   does not map to TypeScript. */
import type * as Decide from './commands/decide';
import type * as Deploy from './commands/deploy';
import type * as Doctor from './commands/doctor';
import type * as Down from './commands/down';
import type * as Evidence from './commands/evidence';
import type * as History from './commands/history';
import type * as HoldCommands from './commands/hold';
import type * as Judge from './commands/judge';
import type * as LineCommands from './commands/line';
import type * as Logs from './commands/logs';
import type * as Plan from './commands/plan';
import type * as Platform from './commands/platform';
import type * as Report from './commands/report';
import type * as Rollback from './commands/rollback';
import type * as Show from './commands/show';
import type * as Status from './commands/status';
import type * as Up from './commands/up';
import type * as Verify from './commands/verify';
import type * as Worker from './commands/worker';

export const load = {
  decide: (): typeof Decide.decide => (require('./commands/decide') as typeof Decide).decide,
  deploy: (): typeof Deploy.deploy => (require('./commands/deploy') as typeof Deploy).deploy,
  doctor: (): typeof Doctor.doctor => (require('./commands/doctor') as typeof Doctor).doctor,
  down: (): typeof Down.down => (require('./commands/down') as typeof Down).down,
  evidence: (): typeof Evidence.evidence =>
    (require('./commands/evidence') as typeof Evidence).evidence,
  history: (): typeof History.history => (require('./commands/history') as typeof History).history,
  holdList: (): typeof HoldCommands.holdList =>
    (require('./commands/hold') as typeof HoldCommands).holdList,
  holdLift: (): typeof HoldCommands.holdLift =>
    (require('./commands/hold') as typeof HoldCommands).holdLift,
  judge: (): typeof Judge.judge => (require('./commands/judge') as typeof Judge).judge,
  lineLeave: (): typeof LineCommands.lineLeave =>
    (require('./commands/line') as typeof LineCommands).lineLeave,
  lineList: (): typeof LineCommands.lineList =>
    (require('./commands/line') as typeof LineCommands).lineList,
  logs: (): typeof Logs.logs => (require('./commands/logs') as typeof Logs).logs,
  plan: (): typeof Plan.plan => (require('./commands/plan') as typeof Plan).plan,
  platform: (): typeof Platform.platform =>
    (require('./commands/platform') as typeof Platform).platform,
  report: (): typeof Report.report => (require('./commands/report') as typeof Report).report,
  rollback: (): typeof Rollback.rollback =>
    (require('./commands/rollback') as typeof Rollback).rollback,
  show: (): typeof Show.show => (require('./commands/show') as typeof Show).show,
  status: (): typeof Status.status => (require('./commands/status') as typeof Status).status,
  up: (): typeof Up.up => (require('./commands/up') as typeof Up).up,
  verify: (): typeof Verify.verify => (require('./commands/verify') as typeof Verify).verify,
  worker: (): typeof Worker.worker => (require('./commands/worker') as typeof Worker).worker,
};
