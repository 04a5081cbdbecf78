import { acceptedCustomers, acceptedOrders, acceptedProducts } from './accepted.ts';
import { audienceChange, audienceMember } from './audiences.ts';
import { backTestCount, backTestCut, intervalCount, modelQuality } from './back-test.ts';
import { compaction } from './compaction.ts';
import type { TableContract } from './contract.ts';
import { customer, customerIdentifier, customerSource, customerState } from './customer.ts';
import { deliveredContent } from './delivered-content.ts';
import { delivery } from './delivery.ts';
import { categoryCost, orderLine, salesOrder, valueBasis } from './facts.ts';
import { customerDay, customerFeatures, history } from './features.ts';
import {
  modelFit,
  modelScore,
  orderSpread,
  purchaseCount,
  spendCount,
  spendSpread,
  totalForecast,
} from './fit.ts';
import {
  guardedIdentifier,
  identityComponent,
  identityGuard,
  identityLink,
  recordIdentifier,
  sharedEvidence,
  sharedIdentifier,
  sharedName,
} from './identity.ts';
import { kpiTables } from './kpis.ts';
import { label } from './label.ts';
import { load } from './load.ts';
import { ordersAmount, ordersShare, waiting } from './order-amounts.ts';
import { ordersDelivery, ordersNumbering, ordersReplaced, ordersWinner } from './order-winners.ts';
import { pseudonym } from './pseudonym.ts';
import { quarantine } from './quarantine.ts';
import { customersRecord, ordersRecord, ordersReference, productsRecord } from './records.ts';
import { run } from './run.ts';
import { runInput } from './run-input.ts';
import { rfmScore, segmentMember, segmentProfile } from './segments.ts';
import {
  clvInterval,
  cohortMean,
  customerRate,
  customerValue,
  customerValueHorizon,
  groupRate,
} from './value.ts';
import { withdrawal } from './withdrawal.ts';

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
  withdrawal,
  deliveredContent,
  runInput,
  label,
  customersRecord,
  productsRecord,
  ordersNumbering,
  ordersDelivery,
  ordersWinner,
  ordersReplaced,
  ordersAmount,
  ordersShare,
  waiting,
  ordersRecord,
  ordersReference,
  recordIdentifier,
  sharedIdentifier,
  sharedName,
  sharedEvidence,
  guardedIdentifier,
  identityGuard,
  identityLink,
  identityComponent,
  customerIdentifier,
  customerState,
  customer,
  customerSource,
  categoryCost,
  valueBasis,
  orderLine,
  salesOrder,
  customerDay,
  history,
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
  groupRate,
  cohortMean,
  customerRate,
  clvInterval,
  customerValueHorizon,
  customerValue,
  rfmScore,
  segmentMember,
  segmentProfile,
  ...kpiTables,
  totalForecast,
  audienceMember,
  audienceChange,
  run,
];
