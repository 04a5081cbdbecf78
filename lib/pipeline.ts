import { audiences } from './stages/audiences/stage.ts';
import { facts } from './stages/facts/stage.ts';
import { features } from './stages/features/stage.ts';
import { fit } from './stages/fit/stage.ts';
import { freeze } from './stages/freeze/stage.ts';
import { identity } from './stages/identity/stage.ts';
import { kpis } from './stages/kpis/stage.ts';
import { publish } from './stages/publish/stage.ts';
import { records } from './stages/records/stage.ts';
import { segments } from './stages/segments/stage.ts';
import type { Stage } from './stages/stage.ts';
import { value } from './stages/value/stage.ts';

/**
 * What Clientele does at night, in order. (Files that were dropped have been checked and accepted on
 * arrival: lib/ingest.) Each stage reads tables and writes tables into this night's own run;
 * nothing else knows the order, and no reader sees anything before the end.
 */
export const night: readonly Stage[] = [
  // Note which accepted rows, settings and earlier decisions this night is made of, and the words
  // of the codes in its tables.
  freeze,
  // Which of those rows count: corrections resolved, the day of each, whom it refers to.
  records,
  // Who is who: one customer, whatever systems and e-mails know them by.
  identity,
  // What was sold: orders and lines with discounts, returns and cost.
  facts,
  // How each customer buys: how often, how recently, for how long, for how much.
  features,
  // What that says about the future: purchase and spend models, fitted and scored.
  fit,
  // What each customer is worth: booked, by the simple formula, and predicted.
  value,
  // Who belongs together, and what to do with them.
  segments,
  // How the company is doing, by month, half-year and year.
  kpis,
  // Who should be in which audience of which destination, and what changes against what was sent.
  audiences,
  // Check every promise, show the new tables to everyone at once, write the report. (Audience files
  // follow: lib/delivery.)
  publish,
];
