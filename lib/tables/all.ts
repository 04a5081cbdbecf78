import { acceptedCustomers, acceptedOrders, acceptedProducts } from './accepted.ts';
import { backTestCount, backTestCut, intervalCount, modelQuality } from './back-test.ts';
import { compaction } from './compaction.ts';
import type { TableContract } from './contract.ts';
import { delivery } from './delivery.ts';
import { orderLine, salesOrder } from './facts.ts';
import { customerFeatures } from './features.ts';
import {
  modelFit,
  modelScore,
  orderSpread,
  purchaseCount,
  spendCount,
  spendSpread,
  totalForecast,
} from './fit.ts';
import { customer, customerIdentifier, identityComponent, identityLink } from './identity.ts';
import { kpiSnapshot } from './kpis.ts';
import { load } from './load.ts';
import { pseudonym } from './pseudonym.ts';
import { quarantine } from './quarantine.ts';
import { run } from './run.ts';
import { runInput } from './run-input.ts';
import { rfmScore, segmentMember, segmentProfile } from './segments.ts';
import { clvInterval, customerValue } from './value.ts';

/** Every table of the lake, in the order in which a night writes them. */
export const allTables: readonly TableContract[] = [
  load,
  delivery,
  quarantine,
  acceptedOrders,
  acceptedCustomers,
  acceptedProducts,
  pseudonym,
  compaction,
  runInput,
  identityLink,
  identityComponent,
  customerIdentifier,
  customer,
  orderLine,
  salesOrder,
  customerFeatures,
  purchaseCount,
  spendCount,
  backTestCut,
  backTestCount,
  intervalCount,
  modelQuality,
  modelFit,
  modelScore,
  orderSpread,
  spendSpread,
  totalForecast,
  clvInterval,
  customerValue,
  rfmScore,
  segmentMember,
  segmentProfile,
  kpiSnapshot,
  run,
];
