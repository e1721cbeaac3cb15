import type { TrainingWarning } from '../../../training/trainSettings';

/** What to tell the user, and what to do about it. */
export const trainingWarningTexts: Record<TrainingWarning, { message: string; hint: string }> = {
  'one-class': {
    message: 'The model gives every validation image the same class.',
    hint: 'In the first epochs this can pass. If it stays: lower the learning rate to a tenth, use the class-balanced sampler, or train longer.',
  },
  'loss-rose': {
    message: 'The validation loss has risen to more than three times its lowest value.',
    hint: 'Lower the learning rate to a tenth, switch on gradient clipping or warm-up, or finish early: the best epoch is kept.',
  },
};
