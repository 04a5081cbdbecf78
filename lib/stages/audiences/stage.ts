import { audienceChange, audienceMember } from '../../tables/audiences.ts';
import { segmentMember } from '../../tables/segments.ts';
import { customerValue } from '../../tables/value.ts';
import { type Stage, sqlStep } from '../stage.ts';

const beside = import.meta.url;

export const audiences: Stage = {
  name: 'audiences',
  steps: [
    sqlStep(audienceMember, { reads: [segmentMember, customerValue], beside }),
    sqlStep(audienceChange, { reads: [audienceMember], beside }),
  ],
};
