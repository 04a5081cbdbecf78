import { compaction } from '../../tables/compaction.ts';
import { deliveredContent } from '../../tables/delivered-content.ts';
import { delivery } from '../../tables/delivery.ts';
import { label } from '../../tables/label.ts';
import { load } from '../../tables/load.ts';
import { runInput } from '../../tables/run-input.ts';
import { withdrawal } from '../../tables/withdrawal.ts';
import { labelRows } from '../../words/label-rows.ts';
import { type Stage, sqlStep } from '../stage.ts';
import { requireOneCurrency } from './one-currency.ts';
import { requireWholeLedger } from './whole-ledger.ts';

export const freeze: Stage = {
  name: 'freeze',
  steps: [
    {
      kind: 'compute',
      name: 'ledger',
      reads: [],
      writes: null,
      compute: async (night) => {
        await requireWholeLedger(night);
        return [];
      },
    },
    sqlStep(deliveredContent, {
      reads: [load, delivery, withdrawal, deliveredContent],
      beside: import.meta.url,
    }),
    sqlStep(runInput, { reads: [load, deliveredContent, compaction], beside: import.meta.url }),
    {
      kind: 'compute',
      name: 'label',
      reads: [],
      writes: label,
      compute: async () => labelRows(),
    },
    {
      kind: 'compute',
      name: 'currency',
      reads: [runInput, load],
      writes: null,
      compute: async (night) => {
        await requireOneCurrency(night);
        return [];
      },
    },
  ],
};
