import type { Preset } from './preset.ts';

/** Every preset, in the order of the alphabet. A new one is a file here, and a line. */
export const presets: readonly Preset[] = [];
