import { customerFeatures } from '../../tables/features.ts';
import { rfmScore, segmentMember, segmentProfile } from '../../tables/segments.ts';
import { customerValue } from '../../tables/value.ts';
import { type Stage, sqlStep } from '../stage.ts';

const beside = import.meta.url;

export const segments: Stage = {
  name: 'segments',
  steps: [
    sqlStep(rfmScore, { reads: [customerFeatures], beside }),
    sqlStep(segmentMember, { reads: [rfmScore, customerValue], beside }),
    sqlStep(segmentProfile, { reads: [segmentMember, customerValue], beside }),
  ],
};
