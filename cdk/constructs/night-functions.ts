import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ProductFunction } from './product-function.ts';
import type { ProductServices } from './product-services.ts';

/** What `freeze` compares with its seals. */
const loaded = [
  ...['ledger/', 'load/', 'delivery/', 'compaction/', 'accepted/', 'pseudonym/', 'quarantine/'],
];

/** The functions of the night, each with the prefixes it needs. */
export class NightFunctions extends Construct {
  readonly begin: ProductFunction;
  readonly render: ProductFunction;
  readonly seal: ProductFunction;
  readonly compute: ProductFunction;
  readonly publish: ProductFunction;

  constructor(scope: Construct, id: string, services: ProductServices) {
    super(scope, id);
    const { lake, catalogue, settings } = services;
    const ofNight = { ...services, bundle: 'night' } as const;
    const small = { ...ofNight, memoryMiB: 512, timeout: Duration.minutes(1) };
    const large = { ...ofNight, memoryMiB: 3008, timeout: Duration.minutes(15) };

    this.begin = new ProductFunction(this, 'Begin', {
      ...small,
      name: 'begin',
      layers: [settings],
    });
    lake.grant(this.begin.role, {
      read: ['runs/', 'published/', 'sent/'],
      write: ['runs/'],
      list: ['runs/', 'published/', 'sent/'],
    });

    this.render = new ProductFunction(this, 'Render', { ...small, name: 'render' });
    lake.grant(this.render.role, { read: ['runs/'], list: ['runs/'] });

    this.seal = new ProductFunction(this, 'Seal', {
      ...small,
      name: 'seal',
      timeout: Duration.minutes(15),
    });
    lake.grant(this.seal.role, {
      read: ['runs/', 'tables/'],
      write: ['runs/'],
      remove: ['tables/'],
      list: ['runs/', 'tables/'],
    });
    catalogue.grantQueries(this.seal.role);
    catalogue.grantWatching(this.seal.role);
    catalogue.grantPartitions(this.seal.role);

    this.compute = new ProductFunction(this, 'Compute', {
      ...large,
      name: 'compute',
      scratchMiB: 2048,
    });
    lake.grant(this.compute.role, {
      read: ['runs/', 'tables/', ...loaded],
      write: ['runs/', 'tables/'],
      remove: ['tables/'],
      list: ['runs/', 'tables/', ...loaded],
    });
    catalogue.grantQueries(this.compute.role);
    catalogue.grantPartitions(this.compute.role);

    this.publish = new ProductFunction(this, 'Publish', {
      ...large,
      name: 'publish',
      scratchMiB: 2048,
    });
    lake.grant(this.publish.role, {
      read: ['runs/', 'tables/', 'load/', 'quarantine/', 'delivery/', 'published/'],
      write: ['runs/', 'tables/run/', 'published/', 'reports/'],
      remove: ['tables/run/'],
      list: ['runs/', 'tables/', 'load/', 'quarantine/', 'delivery/', 'published/'],
    });
    catalogue.grantQueries(this.publish.role);
    catalogue.grantPartitions(this.publish.role);
    catalogue.grantViews(this.publish.role);
  }
}
