import type { App } from '@slack/bolt';
import type { SlackDependencies } from '../dependencies.ts';
import { loginFormId } from '../views/login-form.ts';
import { denyFormId, emergencyFormId } from '../views/reason-form.ts';
import { valueFormId } from '../views/value-form.ts';
import { onApprove } from './approve.ts';
import { onCancel } from './cancel.ts';
import { onCheckAgain } from './check-again.ts';
import { onCommand } from './command.ts';
import { onDeny } from './deny.ts';
import { onDenyFormSent } from './deny-form-sent.ts';
import { onEmergencyFormSent } from './emergency-form-sent.ts';
import { onEnterAnother } from './enter-another.ts';
import type { ButtonArgs, InputArgs } from './incoming.ts';
import { onLoginChosen } from './login-chosen.ts';
import { onLoginFormSent } from './login-form-sent.ts';
import { onPausedChoice } from './paused-choice.ts';
import { onReview } from './review.ts';
import { onShowServices } from './show-services.ts';
import { onStartEmergency } from './start-emergency.ts';
import { onStop } from './stop.ts';
import { onTryAgain } from './try-again.ts';
import { onValueFormSent } from './value-form-sent.ts';

/** Tells Bolt who hears what. */
export function registerListeners(app: App, deps: SlackDependencies): void {
  const onButton = (id: string, listener: (args: ButtonArgs) => Promise<void>) => app.action(id, listener);
  const onInput = (id: string, listener: (args: InputArgs) => Promise<void>) => app.action(id, listener);

  app.command(deps.settings.command, onCommand(deps));

  onButton('approve', onApprove(deps));
  onButton('deny', onDeny(deps));
  onButton('show-services', onShowServices(deps));
  onButton('check-again', onCheckAgain(deps));
  onButton('enter-another', onEnterAnother(deps));
  onButton('cancel', onCancel(deps));
  onButton('stop', onStop(deps));
  onButton('try-again', onTryAgain(deps));
  onButton('go-back', onPausedChoice(deps, 'go-back'));
  onButton('leave', onPausedChoice(deps, 'leave'));
  onButton('leave-out', onPausedChoice(deps, 'leave-out'));
  onButton('start-emergency', onStartEmergency(deps));
  onButton('review', onReview(deps));

  onInput('login', onLoginChosen(deps));
  onInput('find', onLoginChosen(deps));

  app.view(loginFormId, onLoginFormSent(deps));
  app.view(valueFormId, onValueFormSent(deps));
  app.view(denyFormId, onDenyFormSent(deps));
  app.view(emergencyFormId, onEmergencyFormSent(deps));
}
