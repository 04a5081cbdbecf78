import type { Preset } from './preset.ts';

/** Every file of this folder that is a Preset: written by `npm run find`, and a test compares. */
export const presets: readonly Preset[] = [];
