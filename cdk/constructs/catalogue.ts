import { Stack } from 'aws-cdk-lib';
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import { type IGrantable, type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { partitionColumns } from '../../lib/sql/table-select.ts';
import { allTables } from '../../lib/tables/all.ts';
import type { ColumnType, TableContract } from '../../lib/tables/contract.ts';
import type { Deployment } from '../deployment.ts';
import type { Lake } from './lake.ts';
import type { Results } from './results.ts';

const gigabyte = 1_000_000_000;

/** Hive's names of the types that contracts use. */
const glueTypes: Readonly<Record<ColumnType, string>> = {
  varchar: 'string',
  bigint: 'bigint',
  double: 'double',
  'decimal(18,4)': 'decimal(18,4)',
  'decimal(38,4)': 'decimal(38,4)',
  date: 'date',
  'timestamp(3)': 'timestamp',
  boolean: 'boolean',
};

/**
 * Names in policies by patterns: a policy holds 6,144 characters, which one name a table and two views
 * a table outgrow. The database is the stack's own, and no table is named like a view.
 */
const anyTable = '*';
const views = ['current_run', 'published_runs', '*_current', '*_history'];
export const tablePatterns: readonly string[] = [anyTable, ...views];

/** The tables of the contracts, and the workgroup in which Athena reads and writes them. */
export class Catalogue extends Construct {
  readonly database: string;
  readonly workGroup: string;
  readonly #lake: Lake;
  readonly #results: Results;

  constructor(
    scope: Construct,
    id: string,
    options: { readonly lake: Lake; readonly results: Results; readonly deployment: Deployment },
  ) {
    super(scope, id);
    const { lake, results, deployment } = options;
    const { name, scan_limit_gb } = deployment;
    this.#lake = lake;
    this.#results = results;
    this.database = name.toLowerCase();
    this.workGroup = name.toLowerCase();
    const database = new CfnDatabase(this, 'Database', {
      catalogId: Stack.of(this).account,
      databaseInput: {
        name: this.database,
        description: 'What each customer is worth. Read the views that end in _current.',
      },
    });
    for (const table of allTables) {
      const resource = new CfnTable(this, `Table-${table.name}`, {
        catalogId: Stack.of(this).account,
        databaseName: this.database,
        tableInput: tableInput(table, lake.bucket.s3UrlForObject(`${table.storage.folder}/`)),
      });
      resource.addResourceDependency(database);
    }
    new CfnWorkGroup(this, 'WorkGroup', {
      name: this.workGroup,
      description: 'The queries of the night and of its readers',
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: scan_limit_gb * gigabyte,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `${results.bucket.s3UrlForObject()}/`,
          encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKey: lake.key.keyArn },
        },
      },
    });
  }

  /** Lets a role run queries: the workgroup, the tables' descriptions, the answers. */
  grantQueries(to: IRole): void {
    const allow = (actions: string[], resources: string[]) =>
      to.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions, resources }));
    allow(
      [
        'athena:StartQueryExecution',
        'athena:GetQueryExecution',
        'athena:GetQueryResults',
        'athena:StopQueryExecution',
      ],
      [this.#workGroupArn()],
    );
    allow(['athena:GetDataCatalog'], [this.#arn('athena', 'datacatalog/AwsDataCatalog')]);
    allow(
      [
        'glue:GetDatabase',
        'glue:GetTable',
        'glue:GetTables',
        'glue:GetPartition',
        'glue:GetPartitions',
        'glue:BatchGetPartition',
      ],
      [...this.#tableArns(anyTable), this.#arn('glue', 'database/default')],
    );
    allow(['s3:GetBucketLocation', 's3:ListBucketMultipartUploads'], [this.#lake.bucket.bucketArn]);
    this.#results.grant(to);
    this.#lake.grantKey(to);
  }

  /** Lets a role see and stop what else runs in the workgroup. */
  grantWatching(to: IGrantable): void {
    to.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['athena:ListQueryExecutions', 'athena:BatchGetQueryExecution'],
        resources: [this.#workGroupArn()],
      }),
    );
  }

  /** Lets a role add runs to the tables. */
  grantPartitions(to: IGrantable): void {
    to.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['glue:CreatePartition', 'glue:BatchCreatePartition', 'glue:UpdatePartition'],
        resources: this.#tableArns(anyTable),
      }),
    );
  }

  /** Lets a role take runs out of the tables. */
  grantRemovingPartitions(to: IGrantable): void {
    to.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['glue:DeletePartition', 'glue:BatchDeletePartition'],
        resources: this.#tableArns(anyTable),
      }),
    );
  }

  /** Lets a role replace the views that readers use. */
  grantViews(to: IGrantable): void {
    to.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['glue:GetTable', 'glue:CreateTable', 'glue:UpdateTable'],
        resources: this.#tableArns(...views),
      }),
    );
  }

  #workGroupArn(): string {
    return this.#arn('athena', `workgroup/${this.workGroup}`);
  }

  #tableArns(...tables: readonly string[]): string[] {
    const resources = ['catalog', `database/${this.database}`];
    return [...resources, ...tables.map((table) => `table/${this.database}/${table}`)].map(
      (resource) => this.#arn('glue', resource),
    );
  }

  #arn(service: string, resource: string): string {
    const { partition, region, account } = Stack.of(this);
    return `arn:${partition}:${service}:${region}:${account}:${resource}`;
  }
}

function tableInput(table: TableContract, location: string): CfnTable.TableInputProperty {
  const columns = Object.entries(table.columns).map(([name, { type, comment }]) => ({
    name,
    type: glueTypes[type],
    comment,
  }));
  const partitionKeys = Object.entries(partitionColumns).map(([name, type]) => ({
    name,
    type: glueTypes[type],
  }));
  return {
    name: table.name,
    description: `${table.grain} (${table.promise})`,
    tableType: 'EXTERNAL_TABLE',
    parameters: { EXTERNAL: 'TRUE', classification: 'parquet' },
    partitionKeys: table.storage.kind === 'run' ? partitionKeys : [],
    storageDescriptor: {
      columns,
      location,
      inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
      outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
      serdeInfo: {
        serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
      },
    },
  };
}
