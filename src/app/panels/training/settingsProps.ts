import type { TrainSettings } from '../../../training/trainSettings';

/** What every part of the training form gets: the settings, and who is told of a change. */
export interface SettingsProps {
  settings: TrainSettings;
  isDisabled: boolean;
  onChange(change: Partial<TrainSettings>): void;
}
